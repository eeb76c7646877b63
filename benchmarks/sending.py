# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The whole way of 32 x 20 guests, against bare requests posting ready envelopes."""

import base64

from .hotel import ACCOUNTS, facility, lodged, police
from .table import Row, seconds

BATCHES = 20
SIZE = 32
ROUNDS = 3


def run(env) -> list[Row]:
    """Claim, check, build, call, read, store, commit; receipts and messages kept."""
    with police() as running:
        hotel = facility(env, running.endpoint)
        pairs = [_round(env, hotel, running) for _ in range(ROUNDS)]
    pairs.sort(key=lambda pair: pair[0] / pair[2])
    ours, ours_police, bare, bare_police = pairs[ROUNDS // 2]
    ratio = ours / bare
    per_guest = ours / BATCHES / SIZE * 1000
    figure = f"{ratio:.1f} times, {per_guest:.2f} ms a guest"
    compared = (
        f"bare requests: {bare:.2f} s, of it the simulator's own {bare_police:.2f} s; "
        f"ours {ours:.2f} s, of it the simulator's own {ours_police:.2f} s"
    )
    what = f"send {SIZE} x {BATCHES} guests, no delay"
    return [Row(what, figure, compared, "at most 2 times", ratio <= 2)]


def _round(env, hotel, running) -> tuple[float, float, float, float]:
    """Wall time and the simulator's processor time: ours, then the same bytes bare."""
    running.reset()
    people = lodged(env, hotel, SIZE * BATCHES)
    people._enqueue(env.cr.now())
    env.cr.commit()
    before = running.cpu_seconds()
    ours = seconds(env["ubyport.sender"]._cron_send)
    ours_police = running.cpu_seconds() - before
    env.invalidate_all()
    assert set(people.mapped("report_state")) == {"reported"}
    reports = people.line_ids.report_id
    envelopes = [base64.b64decode(report.request_xml) for report in reports]
    assert len(envelopes) == BATCHES
    running.reset()
    before = running.cpu_seconds()
    bare = seconds(_post, running.endpoint, envelopes)
    return ours, ours_police, bare, running.cpu_seconds() - before


def _post(endpoint: str, envelopes: list[bytes]) -> None:
    """One session with NTLM: send the bytes, read the bytes."""
    import requests
    from requests_ntlm import HttpNtlmAuth

    account = ACCOUNTS[0]
    action = '"http://UBY.pcr.cz/WS_UBY/IWS_UBY/ZapisUbytovane"'
    headers = {"SOAPAction": action, "Content-Type": "text/xml; charset=utf-8"}
    with requests.Session() as session:
        session.trust_env = False
        login = f"EXRESORTMV\\{account['login']}"
        session.auth = HttpNtlmAuth(login, account["password"])
        for envelope in envelopes:
            answer = session.post(endpoint, data=envelope, headers=headers, timeout=60)
            assert answer.status_code == 200 and len(answer.content) > 10_000
