// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {describeFindings} from "./findings";

const CLOSED_STATES = ["reported", "exempt"];
const nameOf = ({data}) => [data.surname, data.first_name].filter(Boolean).join(" ");

/** In full words below the list of guests: what is to be repaired with whom. */
export class FolioFindings extends Component {
    static template = "hotel_ubyport.FolioFindings";
    static props = {...standardWidgetProps, field: String};

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
}

registry.category("view_widgets").add("ubyport_folio_findings", {
    component: FolioFindings,
    extractProps: ({attrs}) => ({field: attrs.field}),
});
