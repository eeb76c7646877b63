// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

// Each has a shape and a word of its own, so that the colour is never the only sign.
const LOOKS = {
    done: {icon: "fa-check-circle text-success", word: _t("Done")},
    next: {icon: "fa-arrow-circle-right text-primary", word: _t("Next")},
    later: {icon: "fa-circle-o text-muted", word: _t("Later")},
};

/** The steps of a new facility; the first one which is not done offers its button. */
export class SetupSteps extends Component {
    static template = "hotel_ubyport.SetupSteps";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get steps() {
        const steps = this.props.record.data[this.props.name] || [];
        const next = steps.find((step) => !step.done);
        return steps.map((step) => {
            const isNext = step === next;
            const kind = step.done ? "done" : isNext ? "next" : "later";
            return {...step, ...LOOKS[kind], isNext};
        });
    }

    /** Save what was typed, do the step, and show what it changed. */
    async perform(step) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        const {resModel, resId} = record;
        try {
            const result = await this.orm.call(resModel, step.action, [[resId]]);
            if (result?.type) {
                await this.action.doAction(result);
            }
        } finally {
            await record.load();
        }
    }
}

registry.category("fields").add("ubyport_setup", {
    component: SetupSteps,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
