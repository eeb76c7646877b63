# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make protocol-check`: what of the police's protocol works against the simulator.

Everything goes over HTTP with NTLM to a simulator process, by the engine's own client
or by Odoo's sender. The numbers are counted from what was really done: comparisons
here, calls and records at the simulator.
"""

import time
from functools import partial

from . import environment
from .crash_hotel import open_hotel
from .errors import ToolError
from .progress import say

COLUMNS = ("calls", "people", "checks", "wrong")


def main() -> None:
    """Print a line for each topic; ToolError unless everything is as it must be."""
    environment.restart_in_venv()
    with open_hotel() as hotel:
        tallies = _check_all(hotel)
    say(_row("together", [sum(_numbers(t)[n] for t in tallies) for n in range(4)]))
    if any(tally.wrong for tally in tallies):
        raise ToolError("The protocol check failed.")
    say("\nEverything was answered and noted as it must be.")


def _check_all(hotel) -> list:
    # Here, because these need the packages of the environment.
    from . import protocol_answers as answers
    from . import protocol_files as files
    from . import protocol_hotel as odoo
    from . import protocol_records as records
    from .protocol_service import Service

    topics = {
        "Methods": records.check_methods,
        "Fields and their limits": records.check_fields,
        "Special documents and persons": records.check_documents,
        "Letters": records.check_letters,
        "Code lists": records.check_lists,
        "Batches": answers.check_batches,
        "Verdicts": answers.check_verdicts,
        "Facility (header)": answers.check_header,
        "Failures": answers.check_failures,
        "Receipts": answers.check_receipts,
        "Receipts that disagree": answers.check_reconciliation,
        "Invented people": answers.check_invented,
        "UNL files": files.check_unl,
        "Description (WSDL)": files.check_wsdl,
        "Corrections (Odoo)": partial(odoo.check_corrections, hotel=hotel),
        "Certification run (Odoo)": partial(odoo.check_certification, hotel=hotel),
    }
    say("\n" + _row("topic", COLUMNS) + "  exercised")
    service = Service(hotel.police)
    return [_told(service, title, check) for title, check in topics.items()]


def _told(service, title: str, check):
    """Run one topic and print its line; its own breakdown is a failure, too."""
    from .protocol_service import Tally

    tally, begin = Tally(title), time.monotonic()
    calls, people = service.calls(), len(service.police.records())
    try:
        check(service, tally)
    except ToolError:
        raise
    except Exception as error:
        tally.wrong.append(f"broke down: {error!r}")
    service.police.heal()
    tally.calls = service.calls() - calls
    tally.people = len(service.police.records()) - people
    seconds = time.monotonic() - begin
    what = "; ".join(tally.told)
    say(f"{_row(title, _numbers(tally))}  {what} ({seconds:.1f} s)")
    for sentence in tally.wrong[:10]:
        say(f"    {sentence}")
    return tally


def _numbers(tally) -> list[int]:
    return [tally.calls, tally.people, tally.checks, len(tally.wrong)]


def _row(title: str, cells) -> str:
    return f"{title:<30}" + "".join(f"{cell:>8}" for cell in cells)
