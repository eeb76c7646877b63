// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const RED = ".o_ubyport_red";

/** Type into a field of the repair and choose what it offers. */
function choose(field, text) {
    return [
        {
            content: `Search ${text}`,
            trigger: `${field} input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${text}; nothing new can be made here`,
            trigger: `.o-autocomplete--dropdown-menu:not(:has(.o_m2o_dropdown_option_create)) .o-autocomplete--dropdown-item:contains(${text})`,
            run: "click",
        },
    ];
}

tours.add("hotel_ubyport_preview", {
    steps: () => [
        {
            content: "Opened by its address, it names who can be reported",
            trigger: ".o_ubyport_green .o_ubyport_row:contains(Alfa) input:checked",
        },
        {
            content: "Send all of them",
            trigger: ".o_ubyport_send:contains((3))",
            run: "click",
        },
        {
            content: "Every batch has its report",
            trigger: ".o_ubyport_receipts li:nth-child(3) .o_ubyport_report",
        },
        {
            content: "The bar is at its end",
            trigger: ".progress[aria-valuenow='100']",
        },
        {
            content: "Not everybody is reported, and that is said",
            trigger: ".o_ubyport_progress [role=status]:contains(not every guest)",
        },
        {
            content: "The verdict of the refused guest, in words",
            trigger:
                "section[aria-label=Refused] .o_ubyport_verdict:contains(Beta):contains(Incorrect nationality)",
        },
        {
            content: "Back to the preview",
            trigger: ".o_ubyport_bar button:contains(Back to the Preview)",
            run: "click",
        },
        {
            content: "The refused guest is red, with the words of the police",
            trigger: `${RED} .o_ubyport_row:contains(Beta):contains(Incorrect nationality) .o_ubyport_open`,
            run: "click",
        },
        ...choose(`${RED} .o_ubyport_repair [name=nationality_id]`, "Germany"),
        {
            content: "Save",
            trigger: `${RED} .o_ubyport_save`,
            run: "click",
        },
        {
            content: "Repaired and chosen",
            trigger: ".o_ubyport_green .o_ubyport_row:contains(Beta) input:checked",
        },
        {
            content: "One to send: the keyboard is there already",
            trigger: ".o_ubyport_send:contains((1)):focus",
        },
    ],
});

tours.add("hotel_ubyport_preview_outage", {
    steps: () => [
        {
            content: "The service does not work: the way by file is offered",
            trigger: "[role=alert] .o_ubyport_take_file",
            run: "click",
        },
        {
            content: "Make the file",
            trigger: ".o_ubyport_send:contains(Make UNL File (2))",
            run: "click",
        },
        {
            content: "What is to be done with it",
            trigger: ".o_form_view [role=status]:contains(not reported yet)",
        },
        {
            content: "It can be saved",
            trigger: ".o_statusbar_buttons button[name=action_save_unl]",
        },
        {
            content: "Its guests stand in it",
            trigger: ".o_data_row:contains(Beta)",
        },
        {
            content: "One step back",
            trigger: ".o_breadcrumb a:contains(Report to the Foreign Police)",
            run: "click",
        },
        {
            content: "The guest waits in the file, which is one click away",
            trigger:
                ".o_ubyport_done .o_ubyport_row:contains(Alfa):contains(UNL file) .o_ubyport_open",
        },
    ],
});

tours.add("hotel_ubyport_preview_accountant", {
    steps: () => [
        {
            content: "The accountant reads who is to be reported",
            trigger: ".o_ubyport_green .o_ubyport_row:contains(Alfa)",
        },
        {
            content: "and is offered no change",
            trigger:
                ".o_ubyport_export:not(:has(:is(.o_ubyport_send, .o_ubyport_choose, .o_ubyport_open, .o_ubyport_several)))",
        },
    ],
});
