// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {Record} from "@web/model/record";
import {Field} from "@web/views/fields/field";
import {GUEST, fieldProps} from "./export_repair";

/** The same value for many guests: those chosen, else those who miss it. */
export class ExportShared extends Component {
    static template = "hotel_ubyport.ExportShared";
    static components = {Field, Record};
    static props = {
        rows: Array,
        chosen: Array,
        shared: Array,
        repairAll: Function,
        close: Function,
    };

    setup() {
        this.notification = useService("notification");
        this.fieldProps = fieldProps;
        const names = this.props.shared.map(([name]) => name);
        this.recordProps = {resModel: GUEST, mode: "edit", fieldNames: names};
        const counts = names.map((name) => this.concerned(name).length);
        const most = counts.indexOf(Math.max(...counts));
        this.state = useState({name: names[most]});
    }

    /** Rows which have a finding about a field. */
    concerned(name) {
        return this.props.rows.filter((row) =>
            row.findings.some((finding) => finding.field === name)
        );
    }

    get options() {
        return this.props.shared.map(([name, label]) => {
            const count = this.concerned(name).length;
            return {name, label: count ? `${label} (${count})` : label};
        });
    }

    get targets() {
        const {chosen} = this.props;
        return chosen.length ? chosen : this.concerned(this.state.name);
    }

    get buttonLabel() {
        return this.props.chosen.length
            ? _t("Set for the chosen (%s)", this.targets.length)
            : _t("Set for those with this finding (%s)", this.targets.length);
    }

    async set(record) {
        const {name} = this.state;
        const value = (await record.getChanges())[name];
        if (!value) {
            this.notification.add(_t("Fill in the value first."), {type: "warning"});
            return;
        }
        const ids = this.targets.map((row) => row.id);
        this.props.close();
        await this.props.repairAll(ids, {[name]: value});
    }
}
