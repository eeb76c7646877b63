// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onMounted, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

// Most urgent first. Each severity has a shape and a word of its own, so that the
// colour is never the only sign.
const SEVERITIES = {
    error: {
        icon: "fa-times-circle",
        color: "danger",
        word: _t("To repair"),
        advice: _t("The police cannot be told yet. Complete or correct:"),
    },
    warning: {
        icon: "fa-exclamation-triangle",
        color: "warning",
        word: _t("To check"),
        advice: _t("Can be reported. Please check first:"),
    },
    info: {
        icon: "fa-info-circle",
        color: "info",
        word: _t("To know"),
        advice: _t("Can be reported. Good to know:"),
    },
};
const ORDER = Object.keys(SEVERITIES);
const FOCUSABLE = "input:not([type=hidden]), select, textarea, button";

/** The field to which the next form of a guest leads: a folio may not show it. */
export const wish = {field: ""};

/** Whoever is still typing a new guest knows what is missing. */
function isUntimely(record, {field}) {
    return record.isNew && record.isInEdition && !record.data[field];
}

/**
 * What the findings of a record look like, most urgent first.
 *
 * @param {Object} record of the relational model
 * @param {String} [name] of the Json field: a list of {field, severity, message}
 * @returns {Object[]} findings with label, icon, color and word
 */
export function describeFindings(record, name = "findings") {
    return (record.data[name] || [])
        .filter((finding) => !isUntimely(record, finding))
        .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
        .map((finding, index) => ({
            ...finding,
            ...SEVERITIES[finding.severity],
            key: index,
            label: record.fields[finding.field]?.string || "",
        }));
}

/** All findings on top of a form; a click leads to the field. */
export class FindingsBanner extends Component {
    static template = "hotel_ubyport.FindingsBanner";
    static props = {...standardFieldProps};

    setup() {
        this.root = useRef("root");
        // Later than the form, which puts the cursor into its first field.
        onMounted(() => browser.setTimeout(() => this.fulfil()));
    }

    fulfil() {
        const {field} = wish;
        wish.field = "";
        if (field && this.root.el) {
            this.focus({field});
        }
    }

    get findings() {
        return describeFindings(this.props.record, this.props.name);
    }

    get color() {
        // Who has not come yet is not late with anything.
        const {report_state} = this.props.record.data;
        return report_state === "expected" ? "warning" : this.findings[0].color;
    }

    /** @param {Object} finding whose field gets the cursor */
    focus(finding) {
        const form = this.root.el.closest(".o_form_renderer, .o_form_view");
        const field = form.querySelector(`.o_field_widget[name="${finding.field}"]`);
        const target = field?.querySelector(FOCUSABLE) || field;
        target?.scrollIntoView({block: "center"});
        target?.focus();
    }
}

export const findingsBanner = {
    component: FindingsBanner,
    displayName: _t("Findings"),
    supportedTypes: ["json"],
    fieldDependencies: [{name: "report_state", type: "selection", readonly: true}],
    // The banner is shown in read mode, too.
    isEmpty: () => false,
};

/** The most urgent finding in a cell of a list; the tooltip tells all of them. */
export class FindingsCell extends Component {
    static template = "hotel_ubyport.FindingsCell";
    static props = {...standardFieldProps, compact: {type: Boolean, optional: true}};

    get findings() {
        return describeFindings(this.props.record, this.props.name);
    }

    get tooltip() {
        return this.findings
            .map((finding) => `${finding.label}: ${finding.message}`)
            .join("\n");
    }
}

export const findingsCell = {
    ...findingsBanner,
    component: FindingsCell,
    extractProps: ({options}) => ({compact: Boolean(options.compact)}),
    supportedOptions: [
        {label: _t("Only icon and number"), name: "compact", type: "boolean"},
    ],
};

/** The findings of one field, to stand beside it. */
export class FieldFindings extends Component {
    static template = "hotel_ubyport.FieldFindings";
    static props = {...standardWidgetProps, field: String};

    get findings() {
        return describeFindings(this.props.record).filter(
            (finding) => finding.field === this.props.field
        );
    }
}

export const fieldFindings = {
    component: FieldFindings,
    extractProps: ({attrs}) => ({field: attrs.field}),
    fieldDependencies: [{name: "findings", type: "json", readonly: true}],
    supportedAttributes: [{label: _t("Field"), name: "field", type: "string"}],
};

registry.category("fields").add("ubyport_findings", findingsBanner);
registry.category("fields").add("list.ubyport_findings", findingsCell);
registry.category("fields").add("kanban.ubyport_findings", findingsCell);
registry.category("view_widgets").add("ubyport_findings", fieldFindings);
