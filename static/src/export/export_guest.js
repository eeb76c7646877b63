// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";

/** A guest's name in the preview; a click opens the guest over it for repair. */
export class ExportGuest extends Component {
    static template = "hotel_ubyport.ExportGuest";
    static props = {...standardFieldProps};

    setup() {
        this.dialog = useService("dialog");
    }

    get guest() {
        return this.props.record.data[this.props.name];
    }

    async open() {
        const {record} = this.props;
        const {root} = record.model;
        const {id: resId, display_name: title} = this.guest;
        const resModel = record.fields[this.props.name].relation;
        const wasBlocked = record.data.light === "red";
        // What was repaired in the preview itself must not be lost by the reload.
        if (await root.save()) {
            this.dialog.add(
                FormViewDialog,
                {resModel, resId, title, canExpand: false},
                {onClose: () => this.comeBack(root, resId, wasBlocked)}
            );
        }
    }

    /** Look again; a guest who was repaired is chosen for sending. */
    async comeBack(root, guestId, wasBlocked) {
        await root.load();
        const line = root.data.line_ids.records.find(
            ({data}) => data[this.props.name].id === guestId
        );
        if (wasBlocked && line?.data.light === "green") {
            await line.update({include: true});
        }
    }
}

registry.category("fields").add("ubyport_export_guest", {
    component: ExportGuest,
    supportedTypes: ["many2one"],
});
