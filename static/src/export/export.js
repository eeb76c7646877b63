// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {
    Component,
    onPatched,
    onWillStart,
    useRef,
    useState,
    useSubEnv,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {pick} from "@web/core/utils/objects";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {getDefaultConfig} from "@web/views/view";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ExportGroup} from "./export_group";
import {ExportProgress} from "./export_progress";

const MODEL = "ubyport.export";
const GROUPS = [
    {key: "red", icon: "fa-times-circle", title: _t("Cannot be reported yet")},
    {key: "amber", icon: "fa-exclamation-triangle", title: _t("Look before sending")},
    {key: "green", icon: "fa-paper-plane", title: _t("Can be reported")},
    {key: "done", icon: "fa-check-circle", title: _t("Reported or on the way")},
    {key: "grey", icon: "fa-minus-circle", title: _t("Need not be reported now")},
];
// What is still there for somebody who looked at a report and comes back.
const KEPT = ["chosen", "facility", "search", "channel"];
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * One screen: who will be reported, who cannot or need not be, why, and by when.
 *
 * The server is asked once for all guests and again for those who were repaired.
 * The choice lives here until it is sent as one record of the wizard.
 */
export class Export extends Component {
    static template = "hotel_ubyport.Export";
    static components = {ExportGroup, ExportProgress, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.root = useRef("root");
        this.state = useState({
            rows: [],
            facilities: [],
            chosen: new Set(),
            facility: "",
            search: "",
            channel: "ws",
            commandId: false,
            busy: false,
        });
        useSubEnv({config: {...getDefaultConfig(), ...this.env.config}});
        useSetupAction({getLocalState: () => pick(this.state, ...KEPT)});
        this.rememberChoice();
        onWillStart(() => this.start());
        onPatched(() => this.wantsFocus && this.focusNext());
    }

    /** Odoo loads an action again only if the address has the ids of a list, too. */
    rememberChoice() {
        const {active_id, active_ids} = this.props.action.context;
        if (active_ids && !active_id) {
            this.props.updateActionState({active_ids: active_ids.join(",")});
        }
    }

    /** A command, whose number stands in the address, or the preview. */
    async start() {
        const {resId, state} = this.props;
        const domain = [
            ["id", "=", resId],
            ["stage", "=", "sent"],
        ];
        if (resId && (await this.orm.search(MODEL, domain)).length) {
            this.state.commandId = resId;
        } else {
            await this.load();
            Object.assign(this.state, state);
        }
    }

    /** Who is shown, as the server wants to know it. */
    get context() {
        const {params, context} = this.props.action;
        return {
            active_model: params?.model || context.active_model,
            active_ids: params?.ids || context.active_ids,
        };
    }

    /** Show a command, or without a number the preview, also in the address. */
    showCommand(id) {
        this.state.commandId = id;
        this.props.updateActionState({resId: id});
    }

    /** Look at everybody anew; who can be sent is chosen again. */
    async load() {
        const found = await this.orm.call(MODEL, "get_preview", [], {
            context: this.context,
        });
        this.shared = found.shared;
        this.maySend = found.may_send;
        Object.assign(this.state, {
            rows: found.guests,
            facilities: found.facilities,
            chosen: new Set(
                found.guests.filter((row) => row.offered).map((row) => row.id)
            ),
        });
    }

    /** Show the preview again, maybe to go another way to the police. */
    async back(channel = this.state.channel) {
        await this.load();
        this.state.channel = channel;
        this.showCommand(false);
    }

    // What is shown

    /** Rows of the chosen facility, or of all. */
    get rows() {
        const facility = Number(this.state.facility);
        return this.state.rows.filter((row) => !facility || row.facility === facility);
    }

    get groups() {
        const words = plain(this.state.search.trim());
        const found = this.rows.filter((row) =>
            plain(`${row.name} ${row.room}`).includes(words)
        );
        const byGroup = Object.groupBy(found, (row) => row.group);
        return GROUPS.filter(({key}) => byGroup[key]).map((group) => ({
            ...group,
            rows: byGroup[group.key],
        }));
    }

    get facilities() {
        const shown = new Set(this.rows.map((row) => row.facility));
        return this.state.facilities.filter(({id}) => shown.has(id));
    }

    get sendable() {
        return this.rows.filter((row) => row.sendable && this.state.chosen.has(row.id));
    }

    /** How many guests who are still to be reported are late, or due today. */
    get urgent() {
        const open = this.rows.filter((row) => row.days !== false);
        return [
            [_t("Late"), open.filter((row) => row.days < 0).length],
            [_t("Due today"), open.filter((row) => row.days === 0).length],
            [_t("Due tomorrow"), open.filter((row) => row.days === 1).length],
        ].filter(([, count]) => count);
    }

    /** The service of a facility does not work: its guests can go in a file. */
    takeFile(facility) {
        this.state.facility = String(facility.id);
        this.state.channel = "unl";
    }

    // What is chosen and repaired

    choose(ids, chosen) {
        for (const id of ids) {
            this.state.chosen[chosen ? "add" : "delete"](id);
        }
    }

    /** Show rows anew; a guest who was repaired is chosen: that is what for. */
    update(fresh) {
        const known = new Map(fresh.map((row) => [row.id, row]));
        for (const old of this.state.rows) {
            const row = known.get(old.id);
            if (row?.offered && !old.offered) {
                this.state.chosen.add(row.id);
            }
        }
        this.wantsFocus = true;
        this.state.rows = this.state.rows.map((row) => known.get(row.id) || row);
    }

    async refresh(id) {
        this.update(await this.orm.call(MODEL, "get_rows", [[id]]));
    }

    async repairAll(ids, values) {
        this.update(await this.orm.call(MODEL, "repair_all", [ids, values]));
    }

    /** The keyboard goes on with whoever is to be repaired next, else sends. */
    focusNext() {
        this.wantsFocus = false;
        const next = ".o_ubyport_red .o_ubyport_open, .o_ubyport_send";
        this.root.el.querySelector(next)?.focus();
    }

    // Command

    get sendLabel() {
        return this.state.channel === "unl"
            ? _t("Make UNL File (%s)", this.sendable.length)
            : _t("Send to Police (%s)", this.sendable.length);
    }

    get fileHint() {
        return _t(
            "The file is not a report yet: import it in the police's web application, then upload the receipt (Doručenka)."
        );
    }

    async send() {
        this.state.busy = true;
        try {
            const [id] = await this.orm.create(MODEL, [
                {
                    guest_ids: [[6, 0, this.rows.map((row) => row.id)]],
                    chosen_ids: [[6, 0, this.sendable.map((row) => row.id)]],
                    channel: this.state.channel,
                },
            ]);
            const action = await this.orm.call(MODEL, "action_send", [[id]]);
            if (this.state.channel === "unl") {
                await this.action.doAction(action);
            } else {
                this.showCommand(id);
            }
        } finally {
            this.state.busy = false;
        }
    }

    openReport(resId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ubyport.report",
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    get canClose() {
        return this.env.config.breadcrumbs.length > 1;
    }

    close() {
        this.env.config.historyBack();
    }
}

registry.category("actions").add("hotel_ubyport.preview", Export);
