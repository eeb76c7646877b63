// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";
import {BinaryField, binaryField} from "@web/views/fields/binary/binary_field";

/** Odoo's field for a file, but its button can be reached by the keyboard. */
export class FileField extends BinaryField {
    static template = "hotel_ubyport.FileField";
}

registry.category("fields").add("ubyport_file", {
    ...binaryField,
    component: FileField,
});
