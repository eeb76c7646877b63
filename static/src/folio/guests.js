// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {X2ManyField, x2ManyField} from "@web/views/fields/x2many/x2many_field";
import {ListRenderer} from "@web/views/list/list_renderer";
import {registry} from "@web/core/registry";

const IDENTITY = [
    "surname",
    "first_name",
    "birth_date",
    "nationality_id",
    "document_number",
    "visa_number",
];

/** The guests of a folio: Escape drops a new row from which all was erased again. */
export class GuestsRenderer extends ListRenderer {
    onCellKeydownEditMode(hotkey, cell, group, record) {
        const result = super.onCellKeydownEditMode(...arguments);
        if (hotkey === "escape" && record.isNew) {
            this.dropNobody(record);
        }
        return result;
    }

    async dropNobody(record) {
        const {list} = this.props;
        // Only then all that was typed is known.
        await list.leaveEditMode();
        const isNobody = !IDENTITY.some((name) => record.data[name]);
        if (isNobody && list.records.includes(record)) {
            await list.delete(record);
            this.focus(
                this.tableRef.el.querySelector(".o_field_x2many_list_row_add a")
            );
        }
    }
}

export class GuestsField extends X2ManyField {
    static components = {...X2ManyField.components, ListRenderer: GuestsRenderer};
}

registry.category("fields").add("ubyport_guests", {
    ...x2ManyField,
    component: GuestsField,
    additionalClasses: ["o_field_one2many"],
});
