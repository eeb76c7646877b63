# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Work that is to be done at once, whatever the machine is busy with."""

import time
from contextlib import contextmanager

# Some two seconds on an idle machine. The largest work allowed takes a third of it.
BLINK = 70


@contextmanager
def at_once():
    """Fail when the work within takes longer than so many chores before and after it.

    A busy machine is slower at both, so the limit is a ratio and no time.
    """
    before = _chore()
    start = time.process_time()
    yield
    spent = time.process_time() - start
    assert spent < BLINK * (before + _chore()) / 2


def _chore() -> float:
    """The processor time of some plain work."""
    start = time.process_time()
    kept = {}
    for number in range(200_000):
        kept[number % 1000] = number, str(number)
    return time.process_time() - start
