# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One Odoo process that obeys: it sends, edits, and dies at a chosen moment.

`python -m tools.crash_worker CONFIG DATABASE`: a line of JSON on standard input names
an order and its arguments, a line on standard output is the answer. The addon knows
nothing of this: the death is wrapped around its methods from here.
"""

import json
import os
import signal
import sys
import time
from datetime import date, datetime, timedelta
from functools import partial, wraps

from odoo import Command, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

from .crash_points import POINTS, SENDER

GROUPS = (
    "hotel.group_hotel_user",
    "sales_team.group_sale_salesman_all_leads",
    "product.group_product_manager",
    "uom.group_uom",
)
RECEPTION = "crash.reception"
GUEST = "hotel.folio.guest"


def main(config_file: str, database: str) -> None:
    """Obey until standard input ends."""
    options = ["-c", config_file, "-d", database, "--no-http"]
    config.parse_config(options, setup_logging=True)
    registry = Registry(database)
    tell("ready")
    for line in sys.stdin:
        order, arguments = json.loads(line)
        registry.check_signaling()
        tell(globals()[f"order_{order}"](registry, **arguments))


def tell(answer) -> None:
    print(json.dumps(answer, default=str), flush=True)


def superuser(registry, work):
    """Run work(env) as Odoo runs a scheduled action: it commits by itself."""
    with registry.cursor() as cr:
        result = work(api.Environment(cr, api.SUPERUSER_ID, {}))
    registry.signal_changes()
    return result


def request(registry, work, login=None):
    """Run work(env) as Odoo runs a user's request: repeated when in conflict."""
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        if login:
            env = env(user=env["res.users"].search([("login", "=", login)]))
        return retrying(partial(work, env), env)


# Orders


def order_cron(registry) -> None:
    """Run the sender once, as its scheduled action does."""
    superuser(registry, lambda env: env[SENDER]._cron_send())


def order_sql(registry, statement) -> list:
    """Execute a statement, commit, return the rows if there are any."""
    with registry.cursor() as cr:
        cr.execute(statement)
        return cr.dictfetchall() if cr.description else []


def order_user(registry) -> None:
    """Create the receptionist."""

    def work(env):
        groups = [env.ref(name).id for name in GROUPS]
        values = {"name": RECEPTION, "login": RECEPTION}
        env["res.users"].create(values | {"group_ids": [Command.set(groups)]})

    request(registry, work)


def order_facility(registry, values) -> int:
    """Create a facility with a room; returns its id."""

    def work(env):
        facility = env["ubyport.facility"].create(values)
        kind = env["hotel.room.type"].create({"name": facility.mark})
        env["hotel.room"].create(
            {
                "name": facility.mark,
                "capacity": 4,
                "isroom": True,
                "room_categ_id": kind.id,
                "ubyport_facility_id": facility.id,
            }
        )
        return facility.id

    return request(registry, work)


def order_set(registry, model, ids, values) -> None:
    """Write as the administrator."""
    request(registry, lambda env: env[model].browse(ids).write(values))


def order_guests(registry, facility, people) -> list[int]:
    """Lodge people, given as [surname, document number]; returns their ids."""

    def work(env):
        folio = _folio(env, facility)
        common = _person(env) | {"folio_id": folio.id}
        guests = env[GUEST].create(
            [
                common | {"surname": surname, "document_number": number}
                for surname, number in people
            ]
        )
        guests.action_check_in()
        return guests.ids

    return request(registry, work)


def order_send(registry, guests) -> bool:
    """Command a report by the preview, as the receptionist; whether it was taken."""

    def work(env):
        context = {"active_model": GUEST, "active_ids": guests}
        preview = env["ubyport.export"].with_context(**context).create({})
        preview.chosen_ids = preview.guest_ids
        preview.action_send()

    try:
        request(registry, work, RECEPTION)
    except UserError:
        # The preview says so when there is nobody left to be sent.
        return False
    return True


def order_file(registry, guests, saving=0) -> None:
    """Put guests into a UNL file as the receptionist; commit after `saving` seconds."""

    def work(env):
        env[GUEST].browse(guests).action_make_unl()
        env.flush_all()
        time.sleep(saving)

    request(registry, work, RECEPTION)


def order_certify(registry, facility, size, seed) -> dict:
    """Make and send a certification run as the manager; what became of it."""

    def work(env):
        guests = env[GUEST].search_count([])
        facilities = env["ubyport.facility"].browse(facility)
        run = env["ubyport.certification"]._invent(facilities, seed, size)
        run.action_send()
        return run.id, guests

    def result(env):
        run = env["ubyport.certification"].browse(run_id)
        states = run.line_ids.mapped("state")
        return {
            "state": run.state,
            "states": {state: states.count(state) for state in set(states)},
            "surnames": run.line_ids.mapped("surname"),
            "batches": len(run.batch_ids),
            "receipts": len(run.batch_ids.filtered("receipt")),
            "guests": env[GUEST].search_count([]) - guests,
        }

    run_id, guests = request(registry, work, "admin")
    sender = "ubyport.certification.sender"
    superuser(registry, lambda env: env[sender]._cron_certify())
    return superuser(registry, result)


def order_edit(registry, guest, values, reading=0, saving=0) -> None:
    """Edit a guest as the receptionist, in one slow transaction.

    It takes `reading` seconds before the change and `saving` seconds after it.
    """

    def work(env):
        record = env[GUEST].browse(guest)
        record.read(["surname"])
        time.sleep(reading)
        record.write(values)
        env.flush_all()
        time.sleep(saving)

    request(registry, work, RECEPTION)


def order_die(registry, title) -> None:
    """Prepare the death at the point of this title."""
    point = next(point for point in POINTS if point.title == title)
    model, method = point.method.split(":")
    running = {"within": not point.within, "left": point.count}
    if point.within:
        _mark_while_running(registry[SENDER], point.within, running)
    _die_at(registry[model], method, point.after, running)


def order_stumble(registry, guest) -> None:
    """From now on a fault in the program hits whenever this guest is composed."""
    cls = registry[GUEST]
    original = cls._to_wire

    def _to_wire(self):
        if guest in self.ids:
            raise RuntimeError("a fault in the program")
        return original(self)

    cls._to_wire = _to_wire


# Pieces


def _folio(env, facility):
    room = env["hotel.room"].search([("ubyport_facility_id", "=", facility)])
    begin = datetime.combine(date.today(), datetime.min.time())
    noon = begin + timedelta(hours=12)
    stay = {
        "product_id": room.product_id.id,
        "name": room.name,
        "checkin_date": noon,
        "checkout_date": noon + timedelta(days=2),
    }
    return env["hotel.folio"].create(
        {
            "partner_id": env.company.partner_id.id,
            "date_order": min(begin, fields.Datetime.now()),
            "room_line_ids": [Command.create(stay)],
        }
    )


def _person(env):
    germany = env["ubyport.country"].search([("code", "=", "DEU")]).id
    return {
        "first_name": "Jörg",
        "birth_date": date(1980, 5, 17),
        "nationality_id": germany,
        "residence_street": "Beispielweg 3",
        "residence_city": "Köln",
        "residence_country_id": germany,
        "purpose_id": env.ref("hotel_ubyport.purpose_10").id,
    }


def _mark_while_running(cls, name, running) -> None:
    original = getattr(cls, name)

    @wraps(original)
    def marked(self, *args, **kwargs):
        running["within"] = True
        try:
            return original(self, *args, **kwargs)
        finally:
            running["within"] = False

    setattr(cls, name, marked)


def _die_at(cls, name, after, running) -> None:
    original = getattr(cls, name)

    @wraps(original)
    def deadly(self, *args, **kwargs):
        running["left"] -= running["within"]
        is_last = running["within"] and not running["left"]
        if is_last and not after:
            _die(self.env)
        result = original(self, *args, **kwargs)
        if is_last:
            _die(self.env)
        return result

    setattr(cls, name, deadly)


def _die(env) -> None:
    # What the open transaction has written so far must really be in PostgreSQL.
    env.flush_all()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
