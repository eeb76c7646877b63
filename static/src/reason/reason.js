// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const NEUTRAL = {color: "secondary", icon: "fa-info-circle"};
const WAITING = {color: "info", icon: "fa-clock-o"};
const NOTICE = {color: "info", icon: "fa-envelope-o"};
const IN_FILE = {color: "warning", icon: "fa-file-text-o"};
const DOUBTFUL = {color: "warning", icon: "fa-question-circle"};
const LOOKS = {
    expected: NEUTRAL,
    exempt: NEUTRAL,
    ready: WAITING,
    queued: WAITING,
    sending: WAITING,
    reported: {color: "success", icon: "fa-check-circle"},
    refused: {color: "danger", icon: "fa-times-circle"},
    unknown: DOUBTFUL,
    changed: DOUBTFUL,
};

/** Why a guest is, or is not yet, reported; what is incomplete stands in the findings. */
export class ReasonField extends Component {
    static template = "hotel_ubyport.ReasonField";
    static props = {...standardFieldProps};

    get reason() {
        return this.props.record.data[this.props.name];
    }

    /** The state in a word, so that the icon is never the only sign. */
    get word() {
        const {data, fields} = this.props.record;
        return Object.fromEntries(fields.report_state.selection)[data.report_state];
    }

    get look() {
        const {report_state, is_denied, is_in_unl, untold_changes} =
            this.props.record.data;
        if (is_denied) {
            return LOOKS.refused;
        }
        if (is_in_unl) {
            return IN_FILE;
        }
        return untold_changes ? NOTICE : LOOKS[report_state];
    }
}

registry.category("fields").add("ubyport_reason", {
    component: ReasonField,
    supportedTypes: ["char"],
    fieldDependencies: [
        {name: "report_state", type: "selection", readonly: true},
        {name: "is_denied", type: "boolean", readonly: true},
        {name: "is_in_unl", type: "boolean", readonly: true},
        {name: "untold_changes", type: "text", readonly: true},
    ],
});
