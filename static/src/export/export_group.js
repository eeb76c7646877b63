// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ExportRow} from "./export_row";
import {ExportShared} from "./export_shared";

// So many rows are drawn at once; scrolling to their end draws more.
const PAGE = 50;
// What needs nobody is folded when it is long.
const QUIET = ["done", "grey"];
const MANY = 10;

/** Guests of one traffic light: how many, and their rows. */
export class ExportGroup extends Component {
    static template = "hotel_ubyport.ExportGroup";
    static components = {ExportRow, ExportShared};
    static props = {
        group: Object,
        chosen: Object,
        maySend: Boolean,
        shared: Array,
        choose: Function,
        refresh: Function,
        repairAll: Function,
        openReport: Function,
    };

    setup() {
        const {key, rows} = this.props.group;
        this.state = useState({
            open: !(QUIET.includes(key) && rows.length > MANY),
            limit: PAGE,
            shared: false,
        });
        this.end = useRef("end");
        useEffect(
            (end) => {
                const observer = new IntersectionObserver(
                    ([entry]) => entry.isIntersecting && this.more()
                );
                if (end) {
                    observer.observe(end);
                }
                return () => observer.disconnect();
            },
            () => [this.end.el, this.state.limit]
        );
    }

    get key() {
        return this.props.group.key;
    }

    get rows() {
        return this.props.group.rows;
    }

    get canChoose() {
        return this.props.maySend && !QUIET.includes(this.key);
    }

    get chosen() {
        return this.rows.filter((row) => this.props.chosen.has(row.id));
    }

    get countLabel() {
        const {length} = this.rows;
        const chosen = this.chosen.length;
        return chosen && chosen < length
            ? _t("%(chosen)s of %(length)s chosen", {chosen, length})
            : `${length}`;
    }

    more() {
        this.state.limit = Math.min(this.state.limit + PAGE, this.rows.length);
    }

    chooseAll(chosen) {
        this.props.choose(
            this.rows.map((row) => row.id),
            chosen
        );
    }
}
