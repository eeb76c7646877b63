# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What happens to a list of guests: the work behind ``ZapisUbytovane``."""

import dataclasses
import threading
import uuid
from dataclasses import dataclass

from . import codes, receipt
from .contract import SentList
from .envelope import service_fault
from .judge import judge, to_record
from .letters import drop_unknown
from .unl import BadFile


@dataclass(frozen=True)
class Outcome:
    """What is answered; ``stamp`` is empty when the processing was interrupted."""

    header_codes: "tuple[int, ...]"
    record_codes: "tuple[tuple[int, ...], ...]" = ()
    stamp: str = ""
    receipt: "bytes | None" = None
    error_receipt: "bytes | None" = None


@dataclass(frozen=True)
class Printing:
    """What a receipt prints beside the records, and the faults that spoil it."""

    faults: "tuple[str, ...]" = ()
    file_name: str = ""
    ignored: int = 0

    def spoil(self, entries):
        """The entries as ordered faults distort the first one."""
        first, others = entries[0], entries[1:]
        if "receipt_letters" in self.faults:
            shorter = dataclasses.replace(
                first.record, surname=first.record.surname[1:]
            )
            first = dataclasses.replace(first, record=shorter)
        if "receipt_refuses" in self.faults:
            text = codes.all_codes()[codes.BAD_DOCUMENT].text
            first = dataclasses.replace(first, accepted=False, remark=text)
        return others if "receipt_omits" in self.faults else (first, *others)


@dataclass(frozen=True)
class Judged:
    """A record with its codes and verdict."""

    record: object
    fields: dict
    codes: "tuple[int, ...]"
    verdict: str

    def as_row(self):
        """For the store."""
        return {
            "verdict": self.verdict,
            "codes": self.codes,
            "fields": self.fields,
            "printed": _printable(self.record),
            "key": self.record.key,
        }


class Intake:
    """Takes lists in, one at a time, so that duplicates are always found."""

    def __init__(self, store, accounts, clock, options):
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self._options = options
        self._lock = threading.Lock()

    def take(self, sent, account, environment, faults=()) -> Outcome:
        """Judge and keep a list.

        :param sent: the SentList.
        :param account: the authenticated Account.
        :param environment: ``test`` or ``production``; their data are apart.
        :param faults: kinds of faults; some spoil the receipt.
        :raises SoapFault: when the list is longer than allowed; nothing is kept.
        """
        self._check_length(sent)
        interrupting = self._interrupting(sent, account)
        batch = self._batch_row(sent, account, environment)
        if interrupting:
            self._store.add_batch({**batch, "header_codes": interrupting}, [])
            return Outcome(interrupting)
        return self._process(sent, account, batch, Printing(faults))

    def take_file(self, file, cancel_bad) -> Outcome:
        """Judge and keep a file of the web application (production).

        :param file: the UnlFile.
        :param cancel_bad: leave out what would be refused, as people can there [O MAN].
        :raises BadFile: when the file is of no registered facility.
        """
        account = self._accounts.by_idub(file.header["uIdub"])
        if account is None or file.header["uMark"] != account.mark:
            raise BadFile("IDUB nebo zkratka neodpovídá registraci.")
        guests = file.guests
        if cancel_bad:
            guests = tuple(g for g in guests if not self._refused(self._judge(g)))
        if not guests:
            raise BadFile("V souboru nezbyl žádný záznam.")
        sent = SentList(file.header, True, guests)
        batch = self._batch_row(sent, account, "production")
        return self._process(
            sent, account, batch, Printing((), file.name, file.ignored)
        )

    def _judge(self, guest):
        return judge(to_record(guest), self._clock.today())

    def _check_length(self, sent):
        """A longer list is not inserted and an error comes back [O P5 §3, §5.4]."""
        limit = self._options.max_batch
        if len(sent.guests) > limit:
            raise service_fault(
                f"Seznam ubytovaných má {len(sent.guests)} záznamů, nejvýše {limit}."
            )

    def _interrupting(self, sent, account):
        """Bad mandatory header data interrupt the processing [O FAQ]."""
        idub = (sent.header["uIdub"] or "").strip()
        found = []
        if self._accounts.by_idub(idub) is None:
            found.append(codes.BAD_IDUB)
        elif idub != account.idub:
            found.append(codes.FOREIGN_ACCOUNT)
        elif (sent.header["uMark"] or "").strip() != account.mark:
            found.append(codes.BAD_MARK)
        if not sent.guests:
            found.append(codes.EMPTY_LIST)
        return tuple(found)

    def _batch_row(self, sent, account, environment):
        return {
            "environment": environment,
            "idub": account.idub,
            "login": account.login,
            "received_at": self._clock.now().isoformat(),
            "with_pdf": sent.with_pdf,
            "header": sent.header,
        }

    def _process(self, sent, account, batch, printing):
        header_codes = self._header_codes(sent, account)
        stamp = str(uuid.uuid4())
        batch = {**batch, "stamp": stamp, "header_codes": header_codes}
        with self._lock:
            judged = self._judge_all(sent, batch)
            number = self._store.add_batch(batch, [one.as_row() for one in judged])
        papers = self._papers(account, stamp, header_codes, judged, printing)
        self._store.set_documents(number, *papers)
        record_codes = tuple(one.codes for one in judged)
        # The police keep the receipts in any case; they are sent when asked for.
        asked = papers if sent.with_pdf else (None, None)
        return Outcome(header_codes, record_codes, stamp, *asked)

    def _header_codes(self, sent, account):
        """Differences from the registration: information only [O FAQ]."""
        first = codes.FIRST_COMPARED
        if self._options.new_header_codes:
            first += codes.NEW_HEADER_OFFSET
        return tuple(
            first + place
            for place, (member, datum, _) in enumerate(codes.COMPARED)
            if (drop_unknown(sent.header[member]) or "").strip()
            != drop_unknown(getattr(account, datum))
        )

    def _judge_all(self, sent, batch):
        today = self._clock.today()
        seen, judged = set(), []
        for guest in sent.guests:
            record = to_record(guest)
            found = judge(record, today)
            if self._refused(found):
                verdict = "refused"
            elif record.key in seen or self._is_filed(batch, record):
                verdict, found = "duplicate", (*found, codes.DUPLICATE)
            else:
                verdict = "accepted"
                seen.add(record.key)
            judged.append(Judged(record, guest.fields, found, verdict))
        return judged

    def _is_filed(self, batch, record):
        return self._store.is_filed(batch["environment"], batch["idub"], record.key)

    def _refused(self, found):
        table = codes.all_codes()
        return any(table[code].severity > codes.ACCEPTED_UP_TO for code in found)

    def _papers(self, account, stamp, header_codes, judged, printing):
        table = codes.all_codes()
        delivery = receipt.Delivery(
            account,
            self._clock.now(),
            stamp,
            printing.spoil(tuple(_entry(one, table) for one in judged)),
            tuple(f"{code:03} {table[code].text}" for code in header_codes),
            printing.file_name,
            printing.ignored,
        )
        all_fine = not header_codes and all(e.accepted for e in delivery.entries)
        error_paper = None if all_fine else receipt.errors(delivery)
        return receipt.confirmation(delivery), error_paper


def _entry(judged, table):
    """In a receipt "late" has no remark and a duplicate counts as accepted [R]."""
    remarks = [table[code].text for code in judged.codes if code != codes.LATE]
    return receipt.Entry(judged.record, judged.verdict != "refused", "; ".join(remarks))


def _printable(record):
    values = dataclasses.asdict(record)
    for name in ("arrival", "departure"):
        values[name] = values[name].isoformat()
    return values
