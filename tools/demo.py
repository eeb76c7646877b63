# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The demonstration: a hotel in Odoo and the police simulator, in the foreground."""

import fcntl
import json
from contextlib import contextmanager
from dataclasses import dataclass

from . import database, environment, odoo, ports, services
from .errors import ToolError
from .places import DEV, PYTHON
from .progress import box, say

DATABASE = "hotel_ubyport_demo"
POLICE_DATABASE = DEV / "police.sqlite"
STATE = DEV / "demo.json"
LOGINS = "reception, manager, accountant, admin   (password = login)"

TRY_FIRST = (
    "Try first: log in as reception; the list shows who is to be reported.",
    "1. Menu Folio, folio of Inés Peña Ibáñez: Check In Guests. Her hotel",
    "   reports at once: read on the page Guests what becomes of them.",
    "2. Folio of Cestovka Příklad: see what is missing, Report to Police.",
    "3. Guest Bedřich Vzorek: his document is on the list of invalid documents.",
    "4. Look at the police simulator: what the police have received.",
)


@dataclass(frozen=True)
class Addresses:
    """Where the two sides of the demonstration answer."""

    odoo_port: int
    police_port: int

    @property
    def odoo(self) -> str:
        return f"http://localhost:{self.odoo_port}"

    @property
    def police(self) -> str:
        return f"http://localhost:{self.police_port}"

    @property
    def endpoint(self) -> str:
        return f"{self.police}/ws_uby/ws_uby.svc"


def main() -> None:
    """`make demo`: build what is missing, serve until Ctrl-C."""
    with served(chosen_addresses()) as (addresses, *both):
        tell(addresses)
        try:
            services.watch(*both)
        except KeyboardInterrupt:
            say("\nStopping Odoo and the police simulator.")


def reset() -> None:
    """`make demo-reset`: forget all that was done in the demonstration, start anew."""
    with only_one(), environment.ready() as env:
        database.drop(DATABASE, env)
        POLICE_DATABASE.unlink(missing_ok=True)
    main()


def chosen_addresses() -> Addresses:
    return Addresses(ports.chosen("ODOO_PORT", 8069), ports.chosen("POLICE_PORT", 8070))


def running_addresses() -> Addresses | None:
    """The addresses of a demonstration that runs now, None without one."""
    try:
        with only_one():
            return None
    except ToolError as error:
        if not STATE.exists():
            text = "The demonstration is only starting: wait for its box."
            raise ToolError(text) from error
        return Addresses(**json.loads(STATE.read_text()))


@contextmanager
def only_one():
    """Hold the lock of the demonstration; there is one per checkout."""
    DEV.mkdir(exist_ok=True)
    with (DEV / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ToolError(
                "The demonstration runs already: use it, or stop it with Ctrl-C first."
            ) from error
        yield


@contextmanager
def served(addresses: Addresses):
    """Build and serve the demonstration; all that was started is stopped at the end."""
    with only_one():
        STATE.unlink(missing_ok=True)
        ports.check_free(addresses.odoo_port, "ODOO_PORT")
        ports.check_free(addresses.police_port, "POLICE_PORT")
        with environment.ready() as env:
            prepare(addresses, env)
            with _simulator(addresses) as police, _odoo(addresses, env) as hotel:
                STATE.write_text(json.dumps(vars(addresses)))
                yield addresses, police, hotel


def prepare(addresses: Addresses, env: dict[str, str]) -> None:
    """The database up to date and its facilities pointing at our simulator."""
    if database.refresh(DATABASE, env, demo=True):
        database.warm_up(DATABASE, env)
    database.sql(
        DATABASE,
        f"UPDATE ubyport_facility SET endpoint = '{addresses.endpoint}'"
        " WHERE environment = 'simulator'",
        env,
    )


def _simulator(addresses: Addresses):
    port = addresses.police_port
    command = [PYTHON, "-m", "simulator", "--port", port, "--database", POLICE_DATABASE]
    return services.running("the police simulator", command, addresses.police, {})


def _odoo(addresses: Addresses, env: dict[str, str]):
    words = ["server", "-d", DATABASE, "--http-port", addresses.odoo_port]
    words += ["--db-filter", f"^{DATABASE}$", "--max-cron-threads=1"]
    url = f"{addresses.odoo}/web/login"
    return services.running("Odoo", odoo.command(*words), url, {**odoo.ENV, **env})


def tell(addresses: Addresses) -> None:
    """The box at the end: where to look, who to be, what to try."""
    say()
    box(
        [
            f"The hotel (Odoo)      {addresses.odoo}",
            f"The police simulator  {addresses.police}",
            f"Logins                {LOGINS}",
            "",
            *TRY_FIRST,
            "",
            "Ctrl-C stops both. make demo-reset starts afresh.",
        ]
    )
