# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`python3 -m tools COMMAND`: what the Makefile calls."""

import importlib
import signal
import sys
import traceback

from .errors import ToolError
from .process import DISK_FULL, log_path
from .progress import say

# command -> module and function; imported late, so that each needs only its own
COMMANDS = {
    "clean": "environment:clean",
    "build": "environment:build",
    "demo": "demo:main",
    "demo-reset": "demo:reset",
    "demo-check": "demo_check:main",
    "test": "testing:main",
    "crash-test": "crash_test:main",
    "protocol-check": "protocol_check:main",
    "bench": "bench:main",
    "lint": "lint:main",
    "format": "lint:reformat",
    "wheel": "wheel:main",
    "screenshots": "screenshots:main",
    "translations": "translations:main",
    "translations-check": "translations:check",
    "database": "database:main",
    "postgres": "postgres:start_and_keep",
    "postgres-stop": "postgres:stop",
}


def main(arguments: list[str]) -> int:
    """Run one command; whatever goes wrong is told in one sentence."""
    if not arguments or arguments[0] not in COMMANDS:
        say(f"Commands: {', '.join(COMMANDS)}")
        return 2
    # a plain `kill` cleans up like Ctrl-C does
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return _function(arguments[0])(*arguments[1:]) or 0
    except ToolError as error:
        say(f"\n{error}")
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    except Exception as error:
        say(f"\n{_unexpected(error)}")
    return 1


def _function(command: str):
    module, name = COMMANDS[command].split(":")
    return getattr(importlib.import_module(f".{module}", __package__), name)


def _unexpected(error: Exception) -> str:
    if DISK_FULL.search(str(error)):
        return "The disk is full. Free some space and start again."
    try:
        path = log_path("unexpected")
        path.write_text(traceback.format_exc())
    except OSError:
        return f"Unexpected: {error!r}"
    return f"Something unexpected happened ({error!r}). Details: {path}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
