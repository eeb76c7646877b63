// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";

const CARD = ".o_kanban_record:contains(Hotel Vltava)";
const CHANGES = [
    "action_check_in",
    "action_check_out",
    "action_preview_report",
    "action_send_now",
    "action_hold",
    "action_hold_all",
    "action_release",
    "action_report_elsewhere",
    "action_withdraw_elsewhere",
    "action_switch_to_manual",
    "action_test_connection",
    "action_refresh_lists",
    "action_compare_wsdl",
    "action_make_unl",
    "action_discard_unl",
    "action_see_receipt",
]
    .map((name) => `[name=${name}]`)
    .join(",");

/** Nothing which changes anything is offered on this page. */
function offersNoChange(page) {
    return {
        content: `Nothing to change on ${page}`,
        trigger: `body:not(:has(:is(${CHANGES}))):not(:has(.o_form_button_create)):not(:has(.o_list_button_add))`,
    };
}

/** Let the page tell the name of each file which it has got. */
function noteDownloads() {
    const real = download._download;
    download._download = async (options) => {
        document.body.dataset.downloaded = await real(options);
    };
}

/** Answer the question whether this is really meant. */
const confirm = {
    content: "Yes",
    trigger: ".modal .modal-footer .btn-primary",
    run: "click",
};

registry.category("web_tour.tours").add("hotel_ubyport_receipt", {
    steps: () => [
        {
            content: "The guest is reported",
            trigger: ".o_ubyport_light:contains(In order)",
        },
        {
            content: "Open the receipt",
            trigger: ".o_statusbar_buttons button[name=action_view_receipt]",
            run: "click",
        },
        {
            content: "The report names the guest",
            trigger: ".o_data_row:contains(Müller):contains(Accepted)",
        },
        {
            content: "Turn to the receipt",
            trigger: ".o_notebook a.nav-link[name=receipt]",
            run: "click",
        },
        {
            content: "The receipt is shown in the page",
            trigger: ".o_field_widget[name=receipt] iframe",
        },
    ],
});

registry.category("web_tour.tours").add("hotel_ubyport_accountant", {
    steps: () => [
        {
            content: "Choose the guest in the list",
            trigger: ".o_data_row:contains(Müller) .o_list_record_selector input",
            run: "click",
        },
        offersNoChange("the list of guests"),
        {
            content: "See what can be done",
            trigger: ".o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Export",
            trigger: ".o-dropdown-item:contains(Export)",
            run: "click",
        },
        {
            content: "The table has the columns of the list",
            trigger: ".modal:has(.o_export_field)",
            run: noteDownloads,
        },
        {
            content: "Make the table",
            trigger: ".modal .modal-footer .o_select_button",
            run: "click",
        },
        {
            content: "It has come",
            trigger: "body[data-downloaded$='.xlsx']",
        },
        {
            content: "Enough",
            trigger: ".modal .modal-footer button.o_form_button_cancel",
            run: "click",
        },
        {
            content: "Choose nobody any more",
            trigger: ".o_data_row:contains(Müller) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Open the guest",
            trigger: ".o_data_row:contains(Müller) .o_data_cell[name=surname]",
            run: "click",
        },
        {
            content: "The light is seen",
            trigger: ".o_ubyport_light:contains(In order)",
        },
        offersNoChange("the guest"),
        {
            content: "Open the receipt",
            trigger: ".o_statusbar_buttons button[name=action_view_receipt]",
            run: "click",
        },
        {
            content: "The report with the verdict",
            trigger: ".o_data_row:contains(Müller):contains(Accepted)",
        },
        offersNoChange("the report"),
    ],
});

registry.category("web_tour.tours").add("hotel_ubyport_accountant_board", {
    steps: () => [
        {
            content: "The card tells how the facility stands",
            trigger: `${CARD}:contains(SIMULATOR):contains(At once)`,
        },
        offersNoChange("the board"),
        {
            content: "Open the facility",
            trigger: `${CARD} a[type=open], ${CARD} a:contains(Hotel Vltava)`,
            run: "click",
        },
        {
            content: "The next step is somebody else's",
            trigger: ".o_ubyport_setup:contains(A manager does this step)",
        },
        offersNoChange("the facility"),
    ],
});

registry.category("web_tour.tours").add("hotel_ubyport_manager", {
    steps: () => [
        {
            content: "The alarm is seen on every screen",
            trigger: ".o_ubyport_alarm .badge:contains(1)",
        },
        {
            content: "The card says it in a word",
            trigger: `${CARD}:contains(SIMULATOR):contains(Act now)`,
        },
        {
            content: "Who is late?",
            trigger: `${CARD} button:contains(Late)`,
            run: "click",
        },
        {
            content: "The guest with the reason",
            trigger: ".o_data_row:contains(Müller)",
        },
        {
            content: "The page says which number it was",
            trigger: ".o_breadcrumb:contains(Hotel Vltava: Late)",
        },
        {
            content: "Back to the board",
            trigger: ".o_breadcrumb a, .breadcrumb a",
            run: "click",
        },
        {
            content: "Open the card's menu",
            trigger: `${CARD} .o_dropdown_kanban button:not(:visible)`,
            run: "click",
        },
        {
            content: "Let nothing leave by itself",
            trigger: ".o-dropdown--menu [name=action_switch_to_manual]",
            run: "click",
        },
        confirm,
        {
            content: "The level is another one at once",
            trigger: `${CARD}:contains(On command)`,
        },
        {
            content: "Hold everybody",
            trigger: `${CARD} footer [name=action_hold_all]`,
            run: "click",
        },
        confirm,
        {
            content: "The card says so",
            trigger: `${CARD}:contains(On hold: 1)`,
        },
        {
            content: "Who is on hold can be released here, too",
            trigger: `${CARD} footer [name=action_release_all]`,
        },
        {
            content: "The alarm leads to who needs somebody",
            trigger: ".o_ubyport_alarm button",
            run: "click",
        },
        {
            content: "By the lights alone: who is reported may be red, too",
            trigger:
                ".o_searchview:not(:contains(To Report)) .o_searchview_facet:contains(Act Now)",
        },
        {
            content: "The late guest",
            trigger: ".o_data_row:contains(Müller):contains(On hold)",
        },
    ],
});
