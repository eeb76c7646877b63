// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {BadgeField, badgeField} from "@web/views/fields/badge/badge_field";
import {
    StatusBarField,
    statusBarField,
} from "@web/views/fields/statusbar/statusbar_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const COLORS = {
    incomplete: "danger",
    ready: "info",
    queued: "info",
    sending: "info",
    reported: "success",
    refused: "danger",
    unknown: "warning",
    changed: "warning",
};
// Beside the web service's seconds, a file may be on its way for days.
const fieldDependencies = [{name: "is_in_unl", type: "boolean", readonly: true}];

const wordInUnl = () => _t("In UNL file");

/** How far the report of a guest is, as a badge. */
export class StateBadge extends BadgeField {
    get formattedValue() {
        return this.props.record.data.is_in_unl ? wordInUnl() : super.formattedValue;
    }

    get badgeClass() {
        const {data} = this.props.record;
        const color = data.is_in_unl ? "warning" : COLORS[data[this.props.name]];
        return `text-bg-${color || 300}`;
    }
}

/** The same as the way through the states; who is not to be reported goes none. */
export class StateBar extends StatusBarField {
    getAllItems() {
        const items = super.getAllItems();
        const current = items.find((item) => item.isSelected);
        if (this.props.record.data.is_in_unl) {
            current.label = wordInUnl();
        }
        return current?.value === "exempt" ? [current] : items;
    }
}

registry.category("fields").add("ubyport_state", {
    ...badgeField,
    component: StateBadge,
    fieldDependencies,
});
registry.category("fields").add("ubyport_state_bar", {
    ...statusBarField,
    component: StateBar,
    additionalClasses: ["o_field_statusbar"],
    fieldDependencies,
});
