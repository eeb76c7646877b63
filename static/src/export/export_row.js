// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {ExportRepair} from "./export_repair";

/** The letters of a text, those which are sent otherwise underlined. */
export class ExportLetters extends Component {
    static template = "hotel_ubyport.ExportLetters";
    static props = {parts: Array};
}

/** One guest: chosen or not, what is the matter, what is sent otherwise, by when. */
export class ExportRow extends Component {
    static template = "hotel_ubyport.ExportRow";
    static components = {ExportLetters, ExportRepair};
    static props = {
        row: Object,
        chosen: Boolean,
        canChoose: Boolean,
        choose: Function,
        refresh: Function,
        openReport: Function,
    };

    setup() {
        this.state = useState({open: false});
    }

    get chooseLabel() {
        return _t("Choose %s", this.props.row.name);
    }

    get needsRepair() {
        const {group, findings} = this.props.row;
        return group === "red" || findings.length > 0;
    }

    /** Other findings, e.g. after a value was set for several, need other fields. */
    get repairKey() {
        return this.props.row.findings.map(({field, code}) => field + code).join();
    }

    get due() {
        const {due, days} = this.props.row;
        if (days === 0) {
            return _t("Due today");
        }
        if (days === 1) {
            return _t("Due tomorrow");
        }
        const day = formatDate(deserializeDate(due));
        return days < 0 ? _t("Late, was due %s", day) : _t("Due %s", day);
    }

    /** Close the repair; what was saved is shown anew. */
    async close(saved) {
        this.state.open = false;
        if (saved) {
            await this.props.refresh(this.props.row.id);
        }
    }
}
