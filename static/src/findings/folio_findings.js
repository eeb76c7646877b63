// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useRef} from "@odoo/owl";
import {describeFindings, wish} from "./findings";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const CLOSED_STATES = ["reported", "exempt"];
// More guests than these are told in catchwords, or their list would be out of sight.
const IN_FULL = 3;
const nameOf = ({data}) => [data.surname, data.first_name].filter(Boolean).join(" ");

/** Below the list of guests: what is to be repaired with whom; a click leads there. */
export class FolioFindings extends Component {
    static template = "hotel_ubyport.FolioFindings";
    static props = {...standardWidgetProps, field: String};

    setup() {
        this.root = useRef("root");
    }

    get guests() {
        return this.props.record.data[this.props.field].records
            .filter((guest) => !CLOSED_STATES.includes(guest.data.report_state))
            .map((guest) => ({
                id: guest.id,
                name: nameOf(guest) || _t("New guest"),
                findings: describeFindings(guest).filter(
                    (finding) => finding.severity !== "info"
                ),
            }))
            .filter((guest) => guest.findings.length);
    }

    get isInFull() {
        return this.guests.length <= IN_FULL;
    }

    /**
     * Put the cursor into the cell of a finding, or open the guest where there is none.
     *
     * @param {Object} guest
     * @param {Object} finding
     */
    lead(guest, finding) {
        const page = this.root.el.closest(".o_form_renderer");
        const row = page.querySelector(
            `[name="${this.props.field}"] [data-id="${guest.id}"]`
        );
        const cell = row?.querySelector(`td[name="${finding.field}"]`);
        if (cell && this.props.record.isInEdition && !this.props.readonly) {
            cell.scrollIntoView({block: "center"});
            cell.click();
            return;
        }
        wish.field = finding.field;
        (row?.querySelector(".o_list_record_open_form_view button") || row)?.click();
    }
}

registry.category("view_widgets").add("ubyport_folio_findings", {
    component: FolioFindings,
    extractProps: ({attrs}) => ({field: attrs.field}),
});
