// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, useRef} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {Record} from "@web/model/record";
import {makeActiveField} from "@web/model/relational_model/utils";
import {Field} from "@web/views/fields/field";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {describeFindings} from "../findings/findings";

export const GUEST = "hotel.folio.guest";
const DOCUMENT = ["document_type", "document_number", "visa_number", "note"];
const RESIDENCE = ["residence_street", "residence_city", "residence_country_id"];
// What is repaired together, whichever of its fields has the finding.
const TOGETHER = [
    DOCUMENT,
    RESIDENCE,
    ["surname", "first_name"],
    ["birth_date", "birth_year_only"],
    ["arrival_date", "departure_date"],
];
// Without a finding, e.g. after a refusal: what the police compare.
const ALL = [
    "surname",
    "first_name",
    "birth_date",
    "birth_year_only",
    "nationality_id",
    "purpose_id",
    "arrival_date",
    "departure_date",
    ...DOCUMENT,
    ...RESIDENCE,
];

// Code lists are the police's: nobody makes an entry while repairing.
const CHOICE_ONLY = {
    canOpen: false,
    canCreate: false,
    canCreateEdit: false,
    canQuickCreate: false,
};

/**
 * Props for a Field outside of a view.
 *
 * @param {Object} record of the relational model
 * @param {String} name of the field
 * @returns {Object} props
 */
export function fieldProps(record, name) {
    const props = {id: `${record.id}_${name}`, name, record};
    const isRelation = record.fields[name].type === "many2one";
    return isRelation ? {...props, ...CHOICE_ONLY} : props;
}

/** The fields of one guest that need a repair, judged while they are typed. */
export class ExportRepair extends Component {
    static template = "hotel_ubyport.ExportRepair";
    static components = {Field, Record};
    static props = {row: Object, close: Function};

    setup() {
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.fieldProps = fieldProps;
        const {findings, id} = this.props.row;
        const found = findings.map((finding) => finding.field);
        const names = found.flatMap(
            (field) => TOGETHER.find((group) => group.includes(field)) || [field]
        );
        this.names = names.length ? [...new Set(names)] : ALL;
        this.recordProps = {
            resModel: GUEST,
            resId: id,
            mode: "edit",
            fieldNames: [...this.names, "findings"],
            activeFields: Object.fromEntries(
                [...this.names, "findings"].map((name) => [
                    name,
                    makeActiveField({onChange: true, readonly: name === "findings"}),
                ])
            ),
        };
        onMounted(() => this.focus(found[0] || this.names[0]));
    }

    focus(name) {
        this.root.el.querySelector(`[name="${name}"] :is(input, select)`)?.focus();
    }

    findingsOf(record, name) {
        return describeFindings(record).filter((finding) => finding.field === name);
    }

    async save(record) {
        if (await record.save()) {
            await this.props.close(true);
        }
    }

    openGuest() {
        const {id: resId, name: title} = this.props.row;
        this.dialog.add(
            FormViewDialog,
            {resModel: GUEST, resId, title, canExpand: false},
            {onClose: () => this.props.close(true)}
        );
    }
}
