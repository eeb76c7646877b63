# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, tagged

from .common import PoliceCase

PATIENCE = 90


@tagged("post_install", "-at_install")
class TestTourReception(PoliceCase, HttpCase):
    """The receptionist's way through the browser, up to the police's receipt."""

    def test_guests_are_typed_repaired_in_place_sent_and_their_verdict_is_shown(self):
        folio = self.make_folio(user=self.reception)
        second = self.make_guest("Ковач", folio=folio, purpose_id=False)
        with self.sender_beside(second):
            self.start_tour(
                "/odoo/action-hotel.open_hotel_folio1_form_tree_all",
                "hotel_ubyport_reception",
                login=self.reception.login,
                timeout=PATIENCE,
            )
        self.env.invalidate_all()
        guests = folio.guest_ids
        self.assertEqual(guests.mapped("report_state"), ["reported", "reported"])
        self.assertEqual(guests.queued_by_id, self.reception)
        self.assertTrue(guests.receipt_report_id.receipt)
        first, record = sorted(self.police.records(), key=lambda r: r["position"])
        self.assertEqual(first["fields"]["cSurN"], "Kovach")
        self.assertEqual(record["fields"]["cSurN"], "Müller")
        self.assertEqual(record["fields"]["cFirstN"], "Jörg")
        self.assertEqual(record["fields"]["cDate"], "17051980")

    def sender_beside(self, guest):
        """Run the scheduled action once a guest is queued, as Odoo itself would."""
        return Beside(self.registry, guest.id)


class Beside:
    """The scheduled action in a thread and cursors of its own."""

    def __init__(self, registry, guest_id):
        self._registry = registry
        self._guest_id = guest_id
        self._end = time.monotonic() + PATIENCE
        self._thread = threading.Thread(target=self._work)

    def __enter__(self):
        self._thread.start()

    def __exit__(self, *_error):
        self._end = 0
        self._thread.join()

    def _work(self):
        # Until the browser asks, the test itself uses the one connection.
        self._wait_for(self._browser_asks)
        self._wait_for(self._send)

    def _wait_for(self, step):
        while time.monotonic() < self._end and not step():
            time.sleep(0.3)

    def _browser_asks(self):
        names = [thread.name for thread in threading.enumerate()]
        return any(name.startswith("odoo.service.http.request.") for name in names)

    def _send(self):
        with self._registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            guest = env["hotel.folio.guest"].browse(self._guest_id)
            if guest.report_state != "queued":
                return False
            env.ref("hotel_ubyport.ir_cron_ubyport_send").method_direct_trigger()
            return True
