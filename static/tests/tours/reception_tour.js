// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const PAGE = ".o_field_widget[name=guest_ids]";
const ROW = `${PAGE} .o_selected_row`;
const PREVIEW = ".modal .o_field_widget[name=line_ids]";

/** Type into a field of the row which is being edited. */
function type(name, text) {
    return {
        content: `Type ${name}`,
        trigger: `${ROW} .o_field_widget[name=${name}] input`,
        run: `edit ${text}`,
    };
}

/** Type into a many2one and choose what it offers. */
function choose(row, name, text) {
    return [
        {
            content: `Search ${name}`,
            trigger: `${row} .o_field_widget[name=${name}] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${name}`,
            trigger: `.o-autocomplete--dropdown-item:contains(${text})`,
            run: "click",
        },
        {
            content: `${name} is taken over`,
            trigger: `${row} .o_field_widget[name=${name}] input:value(${text})`,
        },
    ];
}

registry.category("web_tour.tours").add("hotel_ubyport_reception", {
    steps: () => [
        {
            content: "Open the folio",
            trigger: ".o_data_row .o_data_cell:contains(Payer s.r.o.)",
            run: "click",
        },
        {
            content: "Turn to the guests",
            trigger: ".o_notebook a.nav-link[name=guests]",
            run: "click",
        },
        {
            content: "Add a guest",
            trigger: `${PAGE} .o_field_x2many_list_row_add a`,
            run: "click",
        },
        type("surname", "Müller"),
        type("first_name", "Jörg"),
        {
            content: "Open the date of birth",
            trigger: `${ROW} .o_field_widget[name=birth_date] :is(input, button)`,
            run: "click",
        },
        type("birth_date", "05/17/1980"),
        ...choose(ROW, "nationality_id", "Germany"),
        type("document_number", "C01X00T47"),
        type("residence_street", "Beispielweg 3"),
        type("residence_city", "Köln"),
        ...choose(ROW, "residence_country_id", "Germany"),
        {
            content: "Check the guests in: this saves the folio",
            trigger: "button[name=action_check_in_guests]",
            run: "click",
        },
        {
            content: "The guest is lodged although something is missing",
            trigger: `${PAGE} .o_data_row:contains(Müller):contains(Incomplete)`,
        },
        {
            content: "Preview what the police would be told",
            trigger: ".o_statusbar_buttons button[name=action_preview_report]",
            run: "click",
        },
        {
            content: "The preview says what is missing",
            trigger: `${PREVIEW} .o_data_row:contains(Müller):contains(purpose)`,
        },
        {
            content: "Repair it here",
            trigger: `${PREVIEW} .o_data_row .o_data_cell[name=purpose_id]`,
            run: "click",
        },
        ...choose(`${PREVIEW} .o_selected_row`, "purpose_id", "Tourism"),
        {
            content: "Look again",
            trigger: ".modal button[name=action_refresh]",
            run({anchor, click}) {
                // The preview opens anew: do not go on in the one which goes away.
                anchor.closest(".modal").dataset.stale = "1";
                return click();
            },
        },
        {
            content: "Now it is right, and the guest is chosen",
            trigger: `.modal:not([data-stale]) .o_data_row:contains(OK) .o_data_cell[name=include] input:checked`,
        },
        {
            content: "Send",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "The guest waits for the answer",
            trigger: ".modal:contains(Waiting for the answer of the police)",
        },
        {
            content: "Go on with the work",
            trigger: ".modal .modal-footer button:contains(Close)",
            run: "click",
        },
        {
            content: "Back at the folio",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
