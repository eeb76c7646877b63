# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""``python -m simulator``: run the police simulator until Ctrl-C."""

import argparse
import signal
import sqlite3
import sys
import threading

from .accounts import DEMO_FILE, BadAccount
from .listener import PortBusy
from .police import Simulator


def _arguments(argv):
    parser = argparse.ArgumentParser(
        prog="python -m simulator",
        description="Simulates the police's Ubyport web service. NOT the police.",
    )
    parser.add_argument("--port", type=int, default=8070, help="0 takes a free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--database", help="SQLite file; without it nothing is kept")
    parser.add_argument("--accounts", default=DEMO_FILE, help="JSON file")
    parser.add_argument(
        "--control-port", type=int, help="one more port, with /control/ only"
    )
    parser.add_argument("--quiet", action="store_true", help="no line per request")
    return parser.parse_args(argv)


def main(argv=None):
    """Run; the exit code is 2 when it cannot start."""
    options = _arguments(argv)
    try:
        simulator = Simulator(
            options.host,
            options.port,
            database=options.database,
            accounts=options.accounts,
            control_port=options.control_port,
            quiet=options.quiet,
        )
    except (PortBusy, BadAccount, OverflowError) as problem:
        print(problem, file=sys.stderr)
        return 2
    except sqlite3.Error as problem:
        print(f"Cannot use the database {options.database}: {problem}", file=sys.stderr)
        return 2
    return _run(simulator, options)


def _run(simulator, options):
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    try:
        simulator.start()
    except PortBusy as problem:
        print(problem, file=sys.stderr)
        simulator.stop()
        return 2
    with simulator:
        print(f"listening on {simulator.url}", flush=True)
        if options.control_port is not None:
            print(f"control on {simulator.control_url}", flush=True)
        stop.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
