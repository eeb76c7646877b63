# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare what the hotel says about its guests with what the police hold."""

from collections import Counter
from dataclasses import dataclass, field

FILED = ("accepted", "duplicate")
OPEN_STATES = ("sending", "unknown")


@dataclass
class Tally:
    """What became of some guests.

    :param sent: how often a guest was handed over, repeats included
    :param held: guests whom the police hold as accepted exactly once
    :param duplicates: repeats which the police recognised and we counted as filed
    :param doubled: guests whom the police hold as accepted more than once
    :param lost: guests whom the police do not hold, or whom we do not call reported
    :param hanging: guests for whom the outcome is still open
    :param untrue: what else is wrong, as sentences
    """

    sent: int = 0
    held: int = 0
    duplicates: int = 0
    doubled: int = 0
    lost: int = 0
    hanging: int = 0
    untrue: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not (self.doubled or self.lost or self.hanging or self.untrue)


def tally(states: dict, lines: list, records: list, documents: dict) -> Tally:
    """Count.

    :param states: guest -> report state
    :param lines: our report lines, see crash_hotel.LINES
    :param records: the police's records
    :param documents: guest -> document number, by which the two sides are matched
    """
    verdicts = Counter((document_of(one), one["verdict"]) for one in records)
    accepted = {guest: verdicts[documents[guest], "accepted"] for guest in documents}
    reported = {guest for guest, state in states.items() if state == "reported"}
    return Tally(
        sent=sum(line["state"] != "not_sent" for line in lines),
        held=sum(number == 1 for number in accepted.values()),
        duplicates=sum(line["state"] == "duplicate" for line in lines),
        doubled=sum(number > 1 for number in accepted.values()),
        lost=sum(not (accepted[g] and g in reported) for g in documents),
        hanging=sum(states.get(guest) in OPEN_STATES for guest in documents),
        untrue=_untrue(lines, records),
    )


def document_of(record: dict) -> str:
    return record["fields"]["cDocN"]


def _untrue(lines, records) -> list[str]:
    answers = Counter((document_of(r), r["verdict"], r["stamp"]) for r in records)
    wrong = [
        f"report {line['report_id']}: {sentence}"
        for line in lines
        for sentence in _faults_of(line, answers)
    ]
    handed_over = Counter(line["document_number"] for line in lines)
    received = Counter(map(document_of, records))
    unsaid = sum((received - handed_over).values())
    if unsaid:
        wrong.append(f"{unsaid} records at the police without a line of ours")
    return wrong


def _faults_of(line, answers):
    """A verdict of ours must be one of theirs, given in the batch of this stamp."""
    filed = line["state"] in FILED
    if filed and answers[line["document_number"], line["state"], line["stamp"]] != 1:
        yield "a verdict that was never given"
    if line["report_state"] not in ("accepted" if filed else line["state"], "partial"):
        yield "summed up wrongly"
    if not (line["answered_at"] and line["report_answered_at"]):
        yield "still open"
