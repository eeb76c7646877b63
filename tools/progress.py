# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is being done and how long it took, for a person who watches."""

import sys
import time
from contextlib import contextmanager

WIDTH = 58


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(title: str):
    """Print the title at once and the seconds when it is done."""
    begin = time.monotonic()
    live = sys.stdout.isatty()
    if live:
        print(f"  ...  {title}", end="", flush=True)
    done = False
    try:
        yield
        done = True
    finally:
        _line(" ok " if done else "FAIL", title, begin, live)


def _line(mark: str, title: str, begin: float, live: bool) -> None:
    seconds = time.monotonic() - begin
    if live:
        print("\r\033[K", end="")
    print(f" {mark}  {title:<{WIDTH}} {seconds:6.1f} s", flush=True)


def box(lines) -> None:
    """Print lines in a frame."""
    width = max(len(line) for line in lines)
    say("+" + "-" * (width + 2) + "+")
    for line in lines:
        say(f"| {line:<{width}} |")
    say("+" + "-" * (width + 2) + "+")
