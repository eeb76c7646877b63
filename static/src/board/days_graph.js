// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {_t} from "@web/core/l10n/translation";
import {Component} from "@odoo/owl";
import {deserializeDate, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const HEIGHT = 40;
const BAR = 8;
const STEP = 10;

/**
 * Guests reported on each of the last days; late ones on top, in another pattern.
 *
 * The value is a list of {day, on_time, late}, see the model.
 */
export class DaysGraph extends Component {
    static template = "hotel_ubyport.DaysGraph";
    static props = {...standardFieldProps};

    get days() {
        return this.props.record.data[this.props.name] || [];
    }

    get total() {
        return this.sum("on_time") + this.sum("late");
    }

    get summary() {
        return _t("Last 30 days: %(total)s reported, %(late)s of them late", {
            total: this.total,
            late: this.sum("late"),
        });
    }

    get patternId() {
        return `o_ubyport_late_${this.props.record.resId}`;
    }

    get viewBox() {
        return `0 0 ${Math.max(this.days.length, 1) * STEP} ${HEIGHT}`;
    }

    sum(kind) {
        return this.days.reduce((total, day) => total + day[kind], 0);
    }

    /** The bars of all days with somebody, in units of the picture. */
    get bars() {
        const most = Math.max(1, ...this.days.map((day) => day.on_time + day.late));
        const scale = (HEIGHT - 2) / most;
        return this.days
            .map((day, index) => ({...day, x: index * STEP}))
            .filter((day) => day.on_time || day.late)
            .map((day) => ({
                ...day,
                width: BAR,
                top: HEIGHT - (day.on_time + day.late) * scale,
                middle: HEIGHT - day.on_time * scale,
                lateHeight: day.late * scale,
                onTimeHeight: day.on_time * scale,
                text: _t("%(day)s: %(on_time)s on time, %(late)s late", {
                    ...day,
                    day: formatDate(deserializeDate(day.day)),
                }),
            }));
    }
}

registry.category("fields").add("ubyport_days_graph", {
    component: DaysGraph,
    supportedTypes: ["json"],
    isEmpty: () => false,
});
