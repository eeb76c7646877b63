// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, onWillUnmount} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const INTERVAL = 2000;

/** Reads the record again while guests are under way to the police. */
export class ExportRefresh extends Component {
    static template = "hotel_ubyport.ExportRefresh";
    static props = {...standardWidgetProps};

    setup() {
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), INTERVAL);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    get waits() {
        const {stage, pending_count: pending} = this.props.record.data;
        return stage === "sent" && pending > 0;
    }

    async refresh() {
        if (!this.waits || this.busy || document.hidden) {
            return;
        }
        this.busy = true;
        try {
            await this.props.record.load();
        } finally {
            this.busy = false;
        }
    }
}

registry.category("view_widgets").add("ubyport_export_refresh", {
    component: ExportRefresh,
    fieldDependencies: [
        {name: "stage", type: "selection", readonly: true},
        {name: "pending_count", type: "integer", readonly: true},
    ],
});
