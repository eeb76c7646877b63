# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The whole way of 32 x 20 guests, against bare requests and against Odoo's floor."""

import base64
from statistics import median

from .floor import Floor
from .hotel import ACCOUNTS, commit, facility, lodged, police
from .table import Row, seconds

BATCHES = 20
SIZE = 32
ROUNDS = 7
# Finding whose turn it is, deriving states and minding others may cost no more.
ABOVE_FLOOR = 1.3
STEPS = ("ours", "our_police", "receipts", "bare", "bare_police", "floor")


def run(env) -> list[Row]:
    """Claim, check, build, call, read, store, commit; receipts are read after it."""
    # Odoo's scheduled actions do not run with the shortcut of this environment.
    sender = env["ubyport.sender"].with_context(tracking_disable=False)
    with police() as running:
        way = Way(sender, facility(env, running.endpoint), running)
        way.round()  # not counted: caches are filled
        rounds = [way.round() for _ in range(ROUNDS)]
    found = dict(zip(STEPS, map(median, zip(*rounds, strict=True)), strict=True))
    times = found["ours"] / found["bare"]
    above = found["ours"] / found["floor"]
    compared = (
        f"bare requests {_each(found['bare'])}, floor {_each(found['floor'])}; the "
        f"simulator's own {_each(found['bare_police'])}, in our run "
        f"{_each(found['our_police'])}; receipts afterwards {_each(found['receipts'])}"
    )
    return [
        Row(
            f"send {SIZE} x {BATCHES} guests, no delay",
            f"{times:.1f} times, {above:.2f} of floor, {_each(found['ours'])}",
            compared,
            f"2 times or {ABOVE_FLOOR} of floor",
            times <= 2 or above <= ABOVE_FLOOR,
        )
    ]


def _each(elapsed: float) -> str:
    """Of one batch."""
    return f"{elapsed / BATCHES * 1000:.1f} ms"


class Way:
    """The same guests sent three ways, in turn: ours, bare, floor."""

    def __init__(self, sender, hotel, running):
        self.env, self.sender = sender.env, sender
        self.hotel, self.police = hotel, running

    def round(self) -> tuple[float, ...]:
        """The seconds of STEPS; wall time but for the simulator's processor time."""
        people = self._queued()
        ours, our_police = self._timed(self._send)
        receipts, _ = self._timed(self.sender._check_receipts_left)
        self.env.invalidate_all()
        assert set(people.mapped("report_state")) == {"reported"}
        envelopes = self._envelopes(people)
        self.police.reset()
        bare, bare_police = self._timed(_post_all, self.hotel.endpoint, envelopes)
        return ours, our_police, receipts, bare, bare_police, self._floor()

    def _timed(self, work, *arguments) -> tuple[float, float]:
        before = self.police.cpu_seconds()
        elapsed = seconds(work, *arguments)
        return elapsed, self.police.cpu_seconds() - before

    def _send(self) -> None:
        self.sender._send_facility(self.hotel.id)
        commit(self.env)

    def _floor(self) -> float:
        people = self._queued()
        with self.hotel._client() as client:
            floor = Floor(self.hotel, client)
            elapsed = seconds(floor.send, people.ids, SIZE)
        self.env.invalidate_all()
        assert set(people.mapped("report_state")) == {"reported"}
        reports = people.line_ids.report_id
        reports._as_evidence_writer().receipt_state = "agrees"  # nobody reads them
        commit(self.env)
        return elapsed

    def _queued(self):
        self.police.reset()
        people = lodged(self.env, self.hotel, SIZE * BATCHES)
        people._enqueue(self.env.cr.now())
        commit(self.env)
        return people

    def _envelopes(self, people) -> list[bytes]:
        reports = people.line_ids.report_id
        assert len(reports) == BATCHES
        assert set(reports.mapped("receipt_state")) == {"agrees"}
        return [base64.b64decode(report.request_xml) for report in reports]


def _post_all(endpoint: str, envelopes: list[bytes]) -> None:
    """One session with NTLM: send the bytes, read the bytes."""
    with post_session() as session:
        for envelope in envelopes:
            post(session, endpoint, envelope)


def post_session():
    import requests
    from requests_ntlm import HttpNtlmAuth

    account = ACCOUNTS[0]
    action = '"http://UBY.pcr.cz/WS_UBY/IWS_UBY/ZapisUbytovane"'
    session = requests.Session()
    session.headers.update(
        {"SOAPAction": action, "Content-Type": "text/xml; charset=utf-8"}
    )
    session.trust_env = False
    login = f"EXRESORTMV\\{account['login']}"
    session.auth = HttpNtlmAuth(login, account["password"])
    return session


def post(session, endpoint: str, envelope: bytes) -> bytes:
    answer = session.post(endpoint, data=envelope, timeout=60)
    assert answer.status_code == 200 and len(answer.content) > 10_000
    return answer.content
