// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * On every screen: how many guests need somebody, and an alarm when one more does.
 *
 * The numbers come with the session once and again when the server says that they
 * may have changed; nothing is polled.
 */
export class AlarmSystray extends Component {
    static template = "hotel_ubyport.AlarmSystray";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({shown: false, red: 0, amber: 0});
        const bus = useService("bus_service");
        const refresh = () => this.refresh();
        const lazySession = useService("lazy_session");
        onWillStart(() => {
            lazySession.getValue("ubyport_alarm", (counts) => {
                if (counts) {
                    Object.assign(this.state, counts, {shown: true});
                    bus.subscribe("ubyport_alarm", refresh);
                }
            });
        });
        onWillDestroy(() => bus.unsubscribe("ubyport_alarm", refresh));
    }

    get number() {
        return this.state.red + this.state.amber;
    }

    get title() {
        if (!this.number) {
            return _t("Foreign police: everything is in order");
        }
        return _t(
            "Foreign police: %(red)s to act now, %(amber)s to look at",
            this.state
        );
    }

    async refresh() {
        const before = this.state.red;
        const counts = await this.orm.silent.call(
            "ubyport.facility",
            "get_alarm_counts",
            []
        );
        Object.assign(this.state, counts);
        if (this.state.red > before) {
            this.raiseAlarm();
        }
    }

    raiseAlarm() {
        const close = this.notification.add(
            _t("Guests were not reported to the foreign police: %s", this.state.red),
            {
                type: "danger",
                sticky: true,
                buttons: [
                    {
                        name: _t("Show"),
                        primary: true,
                        onClick: () => {
                            close();
                            this.open();
                        },
                    },
                ],
            }
        );
    }

    open() {
        const name = this.number ? "action_trouble" : "action";
        this.action.doAction(`hotel_ubyport.hotel_folio_guest_${name}`, {
            clearBreadcrumbs: true,
        });
    }
}

registry
    .category("systray")
    .add("hotel_ubyport.alarm", {Component: AlarmSystray}, {sequence: 30});
