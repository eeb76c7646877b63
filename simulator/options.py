# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Switches for what the documents leave open, and counters of what happened."""

import threading
from collections import Counter
from dataclasses import asdict, dataclass

from .accounts import WRONG_PASSWORD_LIMIT

_ALLOWED = {
    "max_batch": range(1, 1001),
    "new_header_codes": (False, True),
    "duplicate_severity": (0, 1, 2, 4, 5, 6),
    "wrong_password_limit": range(1, 1001),
}


class BadOption(ValueError):
    """The option cannot be set; the text says why."""


@dataclass
class Options:
    """``max_batch`` is 32 [O P5 §5.4]; the severity of a duplicate is 4 [C].

    ``new_header_codes`` answers 205-213 instead of 5-13 [R saw 207].
    """

    max_batch: int = 32
    new_header_codes: bool = False
    duplicate_severity: int = 4
    wrong_password_limit: int = WRONG_PASSWORD_LIMIT

    def change(self, data):
        """Set the named options.

        :raises BadOption: nothing is set when one name or value is wrong.
        """
        for name, value in data.items():
            wanted = type(getattr(self, name, None))
            if name not in _ALLOWED or type(value) is not wanted:
                raise BadOption(f"no option {name} with a value like that")
            if value not in _ALLOWED[name]:
                raise BadOption(f"{name} is out of its range")
        for name, value in data.items():
            setattr(self, name, value)

    def as_json(self):
        """For the control address."""
        return asdict(self)


class Counters:
    """Counts of calls, refused logins and faults; safe in several threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._counts = Counter()

    def add(self, name):
        """Count one."""
        with self._lock:
            self._counts[name] += 1

    def clear(self):
        """Start from zero."""
        with self._lock:
            self._counts.clear()

    def as_json(self):
        """For the control address."""
        with self._lock:
            return dict(sorted(self._counts.items()))
