# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Topics of the protocol check about batches: verdicts, failures, receipts."""

import time
from dataclasses import replace
from datetime import timedelta

from simulator.codes import COMPARED
from simulator.faults import KINDS
from ubyport import exceptions
from ubyport.invented import MOST, invent
from ubyport.receipt import read_receipt
from ubyport.reconcile import disagreements, match
from ubyport.wire import to_wire

from .protocol_service import (
    IMPATIENT,
    Service,
    Tally,
    as_printed,
    batches,
    printed,
)

SEED = 20261121
FILED = ("accepted", "duplicate")
PAUSE = 0.05
PATIENCE = 10.0
# Faults of the simulator: the exception which is our decision about a repeat, or
# None where an answer comes all the same.
DECISIONS = {
    "refuse_connection": exceptions.Outage,
    "delay": None,
    "hang": exceptions.UnknownOutcome,
    "drop_before": exceptions.UnknownOutcome,
    "unauthorized": exceptions.AccessDenied,
    "server_error": exceptions.UnknownOutcome,
    "html_page": exceptions.UnknownOutcome,
    "fault": exceptions.ServiceFault,
    "backend_down": exceptions.ServiceFault,
    "cut_answer": exceptions.UnknownOutcome,
    "accept_then_die": exceptions.UnknownOutcome,
    "wrong_count": exceptions.UnknownOutcome,
    "no_pdf": None,
    "unknown_code": None,
    "bad_receipt": None,
    "receipt_letters": None,
    "receipt_refuses": None,
    "receipt_omits": None,
}
# Faults of the simulator which make a receipt disagree, by what has to be noticed.
DISAGREEING = {
    "receipt_letters": "letters",
    "receipt_refuses": "refused",
    "receipt_omits": "missing",
}


def check_batches(service: Service, tally: Tally) -> None:
    """Sizes up to the limit; a longer list is refused as a whole."""
    sizes = (1, 2, 31, 32)
    for size in sizes:
        answer = service.report(*(service.told() for _ in range(size)))
        tally.equal(service.verdicts(answer), ["accepted"] * size, f"batch of {size}")
    _check_too_long(service, tally, 33)
    service.police.set_options(max_batch=5)
    with service.client() as client:
        tally.equal(client.max_batch(), 5, "a limit that has changed")
    _check_too_long(service, tally, 6)
    service.police.set_options(max_batch=32)
    tally.tell("sizes 1, 2, 31, 32; 33 and 6 of 5 refused")


def _check_too_long(service: Service, tally: Tally, size: int) -> None:
    before = len(service.police.records())
    error = _failure(service, [service.told() for _ in range(size)])
    tally.check(isinstance(error, exceptions.ServiceFault), f"a batch of {size} passed")
    tally.equal(len(service.police.records()), before, f"kept of a batch of {size}")


def check_verdicts(service: Service, tally: Tally) -> None:
    """Each class of verdict, all in one batch, and answers that nobody knows."""
    known = service.told()
    service.report(known)
    late = service.today - timedelta(days=20)
    batch = {
        "accepted": service.told(),
        "duplicate": known,
        "refused": service.told(nationality="D"),
    }
    found_all = service.verdicts(service.report(*batch.values()))
    for wanted, found in zip(batch, found_all, strict=True):
        tally.equal(found, wanted, "a batch accepted in part")
    answer = service.report(service.told(arrival=late))
    tally.equal(service.verdicts(answer), ["accepted"], "reported late")
    tally.equal(answer.record_codes, ((112,),), "the code of late")
    service.police.fault("unknown_code", code=777)
    answer = service.report(service.told())
    tally.equal(service.verdicts(answer), ["unknown"], "a code that is in no list")
    corrected = replace(batch["refused"], nationality="DEU")
    tally.equal(service.verdicts(service.report(corrected)), ["accepted"], "corrected")
    only_note = replace(known, note="jiná poznámka")
    tally.equal(service.verdicts(service.report(only_note)), ["duplicate"], "only note")
    tally.tell("accepted, late, duplicate, refused, unknown, partial, corrected")


def check_header(service: Service, tally: Tally) -> None:
    """Facility data that differ inform; a wrong identity takes nobody."""
    names = [datum for _member, datum, _text in COMPARED]
    for place, name in enumerate(names):
        other = replace(service.facility, **{name: "1"})
        answer = service.report(service.told(), facility=other)
        tally.equal(answer.header_codes, (5 + place,), f"another {name}")
        tally.equal(service.verdicts(answer), ["accepted"], f"another {name}")
    service.police.set_options(new_header_codes=True)
    other = replace(service.facility, district="Brno")
    answer = service.report(service.told(), facility=other)
    tally.equal(answer.header_codes, (207,), "newer numbers")
    service.police.set_options(new_header_codes=False)
    for changes, code in (({"mark": "XXXXX"}, 3), ({"idub": "999999999999"}, 2)):
        facility = replace(service.facility, **changes)
        error = _failure(service, [service.told()], facility=facility)
        tally.check(isinstance(error, exceptions.UnknownOutcome), f"taken: {changes}")
        tally.equal(getattr(error, "header_codes", ()), (code,), f"code of {changes}")
    tally.tell(f"{len(names)} differences, 2 interruptions, newer numbers")


def check_failures(service: Service, tally: Tally) -> None:
    """Every fault of the simulator leads to its decision, and nothing is doubled."""
    kinds = {kind for kind, calls in KINDS.items() if "ZapisUbytovane" in calls}
    tally.equal(sorted(kinds ^ DECISIONS.keys()), [], "faults without a check")
    for kind, wanted in DECISIONS.items():
        service.police.fault(kind, seconds=2 * IMPATIENT if kind == "hang" else 0.5)
        error = _failure(service, [service.told()], timeout=IMPATIENT)
        is_right = error is None if wanted is None else isinstance(error, wanted)
        tally.check(is_right, f"{kind}: {error!r}")
        _wait_until_back(service)
    with service.client(password="Wrong2026") as client:
        error = _failure_of(client.test_availability)
    tally.check(isinstance(error, exceptions.AccessDenied), "a wrong password passed")
    tally.tell(f"{len(DECISIONS)} faults, wrong password")


def _wait_until_back(service: Service) -> None:
    """The simulator refuses its control address as long as everything else."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return service.police.heal()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(PAUSE)


def check_receipts(service: Service, tally: Tally) -> None:
    """Receipts read back: counts, stamp, letters, order."""
    known = service.told()
    service.report(known)
    refused = service.told(document_number="AB1")
    read = 0
    for batch in (
        [service.told()],
        [service.told() for _ in range(32)],
        [service.told(), known, refused, service.told(note="x" * 255)],
    ):
        answer = service.report(*batch)
        receipt = read_receipt(answer.receipt)
        found = service.verdicts(answer)
        tally.equal(receipt.stamp, answer.stamp, "stamp")
        tally.equal(receipt.total, len(batch), "total")
        tally.equal(receipt.refused, found.count("refused"), "refused")
        _compare_receipt(tally, receipt, batch)
        read += len(receipt.records)
    service.police.fault("bad_receipt")
    answer = service.report(service.told())
    tally.equal(answer.receipt, None, "a damaged receipt")
    tally.check(answer.receipt_problem, "a damaged receipt is not told")
    tally.tell(f"{read} records read back from receipts")


def _compare_receipt(tally: Tally, receipt, batch) -> None:
    """Every record has a line, letter by letter, and no line is a stranger's."""
    found = match(batch, receipt)
    wrong = [difference for one in found.matches for difference in one.differences]
    tally.equal(wrong, [], "letters of the receipt")
    tally.equal(found.named, len(batch), "named in the receipt")
    tally.equal((found.strangers, found.counts), ((), ()), "strangers and totals")


def check_reconciliation(service: Service, tally: Tally) -> None:
    """A receipt that disagrees with the answer is noticed, and only such a one."""
    for kind, wanted in {None: None, **DISAGREEING}.items():
        if kind:
            service.police.fault(kind)
        batch = [service.told(surname="Žluťoučký") for _ in range(3)]
        codes = _disagreements(service, service.report(*batch), batch)
        tally.check(
            wanted in codes if wanted else not codes, f"{kind}: noticed {codes}"
        )
    tally.tell(f"{len(DISAGREEING)} kinds of disagreement noticed")


def _disagreements(service: Service, answer, batch) -> set[str]:
    receipt = read_receipt(answer.receipt)
    found = disagreements(
        match(batch, receipt),
        receipt,
        idub=service.facility.idub,
        stamp=answer.stamp,
        filed=[verdict in FILED for verdict in service.verdicts(answer)],
    )
    return {one.code for one in found}


def check_invented(service: Service, tally: Tally) -> None:
    """The set for the police's check: 500 invented people, letter by letter."""
    people = invent(MOST, SEED, service.context)
    tally.equal(people, invent(MOST, SEED, service.context), "the same seed")
    sent = [to_wire(person, service.countries) for person in people]
    with service.client() as client:
        answers = [
            client.report(service.facility, batch) for batch in batches(sent, 32)
        ]
    verdicts = [found for answer in answers for found in service.verdicts(answer)]
    tally.equal(verdicts.count("accepted"), MOST, "accepted")
    for guest, record in zip(sent, service.held(MOST), strict=True):
        tally.equal(printed(record), as_printed(guest), "an invented person")
    receipts = [read_receipt(answer.receipt) for answer in answers]
    read = sum(len(receipt.records) for receipt in receipts)
    for receipt, batch in zip(receipts, batches(sent, 32), strict=True):
        _compare_receipt(tally, receipt, batch)
    codes = {found for answer in answers for found in answer.record_codes}
    tally.equal(codes, {(), (112,)}, "answers: nothing, or late")
    nationalities = len({guest.nationality for guest in sent})
    tally.tell(f"{len(sent)} people of {nationalities} nationalities, {read} read back")


def _failure(service: Service, guests, facility=None, **options):
    """The exception of a report, or None."""
    with service.client(**options) as client:
        return _failure_of(client.report, facility or service.facility, guests)


def _failure_of(call, *args):
    try:
        call(*args)
    except exceptions.UbyportError as error:
        return error
    return None
