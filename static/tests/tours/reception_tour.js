// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const PAGE = ".o_field_widget[name=guest_ids]";
const ROW = `${PAGE} .o_selected_row`;
const RED = ".o_ubyport_red";
const GREEN = ".o_ubyport_green";

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
            content: "The preview says what is missing, for two guests",
            trigger: `${RED} .o_ubyport_row:contains(Müller):contains(Choose the purpose)`,
        },
        {
            content: "Another guest has nothing but a bad letter to repair",
            trigger: `${RED} .o_ubyport_row:contains(Ковач) .o_ubyport_open`,
            run: "click",
        },
        {
            content: "Type the Latin form in place",
            trigger: `${RED} .o_ubyport_repair .o_field_widget[name=surname] input`,
            run: "edit Kovach",
        },
        {
            content: "Save the repair",
            trigger: `${RED} .o_ubyport_save`,
            run: "click",
        },
        {
            content: "The purpose still misses; set it for several at once",
            trigger: `${RED}:contains(Kovach):not(:has(.o_ubyport_repair)) .o_ubyport_several`,
            run: "click",
        },
        ...choose(".o_ubyport_shared", "purpose_id", "Tourism"),
        {
            content: "For both",
            trigger: ".o_ubyport_shared button[type=submit]:contains((2))",
            run: "click",
        },
        {
            content: "Both are right now, and chosen",
            trigger: `${GREEN}:has(.o_ubyport_row:contains(Kovach) input:checked) .o_ubyport_row:contains(Müller) input:checked`,
        },
        {
            content: "Send",
            trigger: ".o_ubyport_send:contains((2))",
            run: "click",
        },
        {
            content: "The verdict comes by itself, in words",
            trigger: ".o_ubyport_verdict:contains(Müller):contains(accepted)",
        },
        {
            content: "Every guest has an answer",
            trigger: ".progress[aria-valuenow='100']",
        },
        {
            content: "The receipt can be opened",
            trigger: ".o_ubyport_receipt[href*='/receipt']",
        },
        {
            content: "Look at the report",
            trigger: ".o_ubyport_report",
            run: "click",
        },
        {
            content: "The report is open, one step from where it was sent",
            trigger:
                ".o_form_view:contains(Report to the Foreign Police) .o_field_widget[name=receipt]",
        },
    ],
});
