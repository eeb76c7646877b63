// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillDestroy} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const DOUBTFUL = {color: "warning", icon: "fa-question-circle"};
const LOOKS = {
    malformed: DOUBTFUL,
    refused: DOUBTFUL,
    waiting: {color: "info", icon: "fa-clock-o"},
    clear: {color: "success", icon: "fa-check-circle"},
    listed: {color: "danger", icon: "fa-exclamation-triangle"},
};

/** What the list of invalid documents says; reads the guest again when an answer came. */
export class DocumentField extends Component {
    static template = "hotel_ubyport.DocumentField";
    static props = {...standardFieldProps};

    setup() {
        const bus = useService("bus_service");
        const refresh = () => this.refresh();
        bus.subscribe("ubyport_document", refresh);
        onWillDestroy(() => bus.unsubscribe("ubyport_document", refresh));
    }

    get message() {
        return this.props.record.data[this.props.name];
    }

    get state() {
        return this.props.record.data.document_state;
    }

    get word() {
        const {selection} = this.props.record.fields.document_state;
        return Object.fromEntries(selection)[this.state];
    }

    get look() {
        return LOOKS[this.state];
    }

    async refresh() {
        const {record} = this.props;
        // What the user is typing must not be lost.
        if (this.state && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("fields").add("ubyport_document", {
    component: DocumentField,
    supportedTypes: ["text"],
    fieldDependencies: [{name: "document_state", type: "selection", readonly: true}],
});
