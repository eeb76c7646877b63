# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`python -m benchmarks CONFIG DATABASE ROW`: one row in a process of its own."""

import importlib
import json
import sys
from dataclasses import asdict


def main(config_file: str, database: str, name: str) -> None:
    from odoo.tools import config

    options = ["-c", config_file, "-d", database, "--no-http"]
    config.parse_config(options, setup_logging=True)
    from .hotel import session

    with session(database) as env:
        rows = importlib.import_module(f".{name}", __package__).run(env)
    sys.stdout.write(json.dumps([asdict(row) for row in rows]) + "\n")


main(*sys.argv[1:])
