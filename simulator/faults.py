# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Faults that a test can order; which ones there are stands in KINDS."""

import itertools
import threading
from dataclasses import asdict, dataclass

from .envelope import METHODS

REPORT_ONLY = frozenset(["ZapisUbytovane"])
BACKEND = frozenset(["TestDostupnosti", "ZapisUbytovane"])
WSDL = "singleWsdl"
DOCUMENTS = "doklady.aspx"
UBYPORT = frozenset([*METHODS, WSDL])
ANY = UBYPORT | {DOCUMENTS}

# kind -> the calls it can happen to
KINDS = {
    "refuse_connection": ANY,
    "delay": ANY,
    "hang": ANY,
    "drop_before": ANY,
    "unauthorized": UBYPORT,
    "server_error": ANY,
    "html_page": ANY,
    "fault": frozenset(METHODS),
    "backend_down": BACKEND,
    "cut_answer": ANY,
    "accept_then_die": REPORT_ONLY,
    "wrong_count": REPORT_ONLY,
    "no_pdf": REPORT_ONLY,
    "unknown_code": REPORT_ONLY,
    "bad_receipt": REPORT_ONLY,
    "receipt_letters": REPORT_ONLY,
    "receipt_refuses": REPORT_ONLY,
    "receipt_omits": REPORT_ONLY,
    "list_down": frozenset([DOCUMENTS]),
    "question_refused": frozenset([DOCUMENTS]),
    "other_document": frozenset([DOCUMENTS]),
}
LONGEST = 600
DEFAULT_SECONDS = {"refuse_connection": 5.0, "delay": 2.0, "hang": 60.0}


class BadFault(ValueError):
    """The fault cannot be ordered; the text says why."""


@dataclass
class Fault:
    """One ordered fault.

    :param times: how many calls it still happens to; None is without end.
    :param method: only calls of this method; None is every call it can happen to.
    :param seconds: how long to wait, for the kinds that wait.
    :param code: the number that ``unknown_code`` adds.
    """

    kind: str
    times: "int | None" = None
    method: "str | None" = None
    seconds: "float | None" = None
    code: int = 777
    id: int = 0

    def __post_init__(self):
        self._check_kind()
        if self.times is not None and not _is_whole(self.times, 1, 10**6):
            raise BadFault("times must be a whole number from 1, or null")
        if self.seconds is None:
            self.seconds = DEFAULT_SECONDS.get(self.kind, 0.0)
        if not _is_number(self.seconds) or not 0 <= self.seconds <= LONGEST:
            raise BadFault(f"seconds must be a number from 0 to {LONGEST}")
        if not _is_whole(self.code, 1, 9999):
            raise BadFault("code must be a whole number from 1 to 9999")

    def _check_kind(self):
        if self.kind not in KINDS:
            raise BadFault(f"kind must be one of {', '.join(KINDS)}")
        if self.method is not None and self.method not in KINDS[self.kind]:
            methods = ", ".join(sorted(KINDS[self.kind]))
            raise BadFault(f"method of {self.kind} must be null or one of {methods}")

    def happens_to(self, method):
        """Whether a call of ``method`` is hit."""
        return method in KINDS[self.kind] and self.method in (None, method)


class FaultBoard:
    """The ordered faults; safe to use from several threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._faults = []
        self._numbers = itertools.count(1)

    def add(self, data):
        """Order a fault.

        :param data: names and values of Fault's fields; ``kind`` is needed.
        :raises BadFault: when a name or a value is wrong.
        """
        try:
            fault = Fault(**data)
        except TypeError as error:
            raise BadFault(str(error)) from error
        with self._lock:
            fault.id = next(self._numbers)
            if fault.kind != "refuse_connection":  # that one acts at once
                self._faults.append(fault)
        return fault

    def take(self, method):
        """The faults that hit this call, by kind; each is used up by one."""
        hits = {}
        with self._lock:
            for fault in list(self._faults):
                if fault.kind not in hits and fault.happens_to(method):
                    hits[fault.kind] = fault
                    self._use_up(fault)
        return hits

    def _use_up(self, fault):
        if fault.times is not None:
            fault.times -= 1
            if fault.times == 0:
                self._faults.remove(fault)

    def clear(self):
        """Forget all faults."""
        with self._lock:
            self._faults.clear()

    def as_json(self):
        """For the control address."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value, lowest, highest):
    is_int = isinstance(value, int) and not isinstance(value, bool)
    return is_int and lowest <= value <= highest
