// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

// Only for when a message of the server is lost.
const FALLBACK_MS = 5000;
const MESSAGES = ["ubyport_progress", "ubyport_alarm"];
const VERDICTS = [
    {
        key: "denied",
        icon: "fa-times-circle text-danger",
        title: _t("Not confirmed by the receipt"),
    },
    {key: "refused", icon: "fa-times-circle text-danger", title: _t("Refused")},
    {
        key: "unknown",
        icon: "fa-question-circle text-warning",
        title: _t("Outcome unknown"),
    },
    {key: "not", icon: "fa-times-circle text-danger", title: _t("Not sent")},
    {key: "waits", icon: "fa-hourglass-half text-info", title: _t("Waiting")},
    {key: "reported", icon: "fa-check-circle text-success", title: _t("Accepted")},
];
// Of a long list, the first are shown; the receipt names all.
const SHOWN = 100;

/** What becomes of the guests who were sent: told by the server, not asked for. */
export class ExportProgress extends Component {
    static template = "hotel_ubyport.ExportProgress";
    static props = {
        commandId: Number,
        back: Function,
        openReport: Function,
        close: {type: [Function, Boolean]},
    };

    setup() {
        this.orm = useService("orm");
        this.rows = new Map();
        this.state = useState({total: 0, waiting: 0, reports: [], warnings: []});
        const bus = useService("bus_service");
        const refresh = () => this.refresh();
        const timer = setInterval(() => this.isDone || this.refresh(), FALLBACK_MS);
        onWillStart(() => this.refresh());
        MESSAGES.forEach((message) => bus.subscribe(message, refresh));
        onWillDestroy(() => {
            clearInterval(timer);
            MESSAGES.forEach((message) => bus.unsubscribe(message, refresh));
        });
    }

    /** Ask for the verdicts which are not known yet, one question at a time. */
    async refresh() {
        if (document.hidden || this.busy) {
            this.again = this.busy;
            return;
        }
        this.busy = true;
        try {
            const known = [...this.rows.values()]
                .filter((row) => row.state === "reported")
                .map((row) => row.id);
            const found = await this.orm.silent.call("ubyport.export", "get_progress", [
                [this.props.commandId],
                known,
            ]);
            found.guests.forEach((row) => this.rows.set(row.id, row));
            Object.assign(this.state, found);
        } finally {
            this.busy = false;
        }
        if (this.again) {
            this.again = false;
            await this.refresh();
        }
    }

    get answered() {
        return this.state.total - this.state.waiting;
    }

    get percent() {
        return Math.round((100 * this.answered) / (this.state.total || 1));
    }

    get isDone() {
        return this.state.total && !this.state.waiting;
    }

    get isAccepted() {
        return [...this.rows.values()].every(
            (row) => this.verdictOf(row) === "reported"
        );
    }

    get statusIcon() {
        if (this.state.waiting) {
            return "fa-hourglass-half";
        }
        return this.isAccepted
            ? "fa-check-circle text-success"
            : "fa-exclamation-triangle text-warning";
    }

    get status() {
        if (!this.state.waiting) {
            return this.isAccepted
                ? _t("Done: the police accepted every guest.")
                : _t("Done, but not every guest is reported. Look below.");
        }
        return _t("Waiting for the answer of the police: %(answered)s of %(total)s", {
            answered: this.answered,
            total: this.state.total,
        });
    }

    acceptedOf(report) {
        return _t("%(facility)s: accepted %(accepted)s of %(total)s", report);
    }

    verdictOf(row) {
        if (row.waits || row.denied) {
            return row.waits ? "waits" : "denied";
        }
        return VERDICTS.some(({key}) => key === row.state) ? row.state : "not";
    }

    get groups() {
        const byVerdict = Object.groupBy(this.rows.values(), (row) =>
            this.verdictOf(row)
        );
        return VERDICTS.filter(({key}) => byVerdict[key]).map((verdict) => {
            const rows = byVerdict[verdict.key];
            const hidden = rows.length - SHOWN;
            return {
                ...verdict,
                count: rows.length,
                rows: rows.slice(0, SHOWN),
                rest: hidden > 0 && _t("and %s more", hidden),
            };
        });
    }

    /** The service does not work: go back and take the guests there in a file. */
    takeFile() {
        return this.props.back("unl");
    }
}
