# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make test`: lint, plain tests, the installation's log, Odoo tests.

With arguments (make test ARGS="-k folio") only tests run, and only those that the
arguments for pytest choose.
"""

import os
import re
import subprocess
import time
from xml.etree import ElementTree

from . import chromium, database, environment, lint, odoo, wheel
from .errors import ToolError
from .places import ADDON, ADDON_LINK, DEV, PYTHON, ROOT
from .progress import say

DATABASE = "hotel_ubyport_test"
DEMO_DATABASE = "hotel_ubyport_test_demo"
PLAIN = ("tests/engine", "tests/simulator", "tests/tools", "tests/process")
NOTHING_COLLECTED = 5
TROUBLE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) .*$", re.M)


def main(*arguments: str) -> None:
    """Run everything, or the tests that `arguments` (for pytest) choose."""
    begin = time.monotonic()
    with environment.ready() as env:
        chromium.ensure()
        if arguments:
            _selected(arguments, env)
        else:
            _everything(env)
    say(f"\nAll passed in {time.monotonic() - begin:.0f} s.")


def _everything(env: dict[str, str]) -> None:
    """All of it, even after a failure; the faults are summed up at the end."""
    failed = []
    parts = {
        "style": lint.check,
        "wheel": wheel.build,
        "plain tests": lambda: _plain([]),
        "installation": lambda: check_installation(DATABASE, env, demo=False),
        "translations": _check_translations,
        "demo data": lambda: _check_demo_data(env),
        "Odoo tests": lambda: _odoo([], env),
    }
    for name, part in parts.items():
        try:
            part()
        except ToolError as error:
            say(f"\n{error}\n")
            failed.append(name)
    if failed:
        raise ToolError(f"Failed: {', '.join(failed)}.")


def _selected(arguments, env: dict[str, str]) -> None:
    paths = [one for one in arguments if (ROOT / one.split("::")[0]).exists()]
    options = [one for one in arguments if one not in paths]
    plain = [path for path in paths if path.startswith(PLAIN)]
    others = [path for path in paths if path not in plain]
    ran = []
    if plain or not paths:
        ran.append(_plain([*options, *(plain or existing_plain_folders())]))
    if others or not paths:
        database.refresh(DATABASE, env, demo=False)
        ran.append(_odoo([*options, *others], env))
    if not any(ran):
        raise ToolError("No test matches these arguments.")


def existing_plain_folders() -> list[str]:
    return [name for name in PLAIN if (ROOT / name).is_dir()]


def _plain(arguments) -> bool:
    """The tests that need no Odoo. Returns whether any was found."""
    say("\nPlain tests: engine, simulator, tools")
    words = ["-p", "no:odoo", *(arguments or existing_plain_folders())]
    return _pytest("The plain tests", words, {})


def _odoo(arguments, env: dict[str, str]) -> bool:
    """The tests inside Odoo. Returns whether any was found."""
    say("\nOdoo tests")
    report = DEV / "odoo_tests.xml"
    if not database.has_addon(DATABASE, env):
        raise ToolError("The Odoo tests did not run: the addon is not installed.")
    words = [f"--odoo-database={DATABASE}", f"--odoo-config={odoo.CONFIG}"]
    words += ["--odoo-http", f"--junit-xml={report}", "-p", "no:cacheprovider"]
    words += odoo_arguments(arguments)
    found = _pytest("The Odoo tests", words, {**odoo.ENV, **env})
    if found:
        _refuse_skipped(report)
    return found


def odoo_arguments(arguments) -> list[str]:
    """Paths go through the link, or the tests would not be those of the addon."""
    linked = ADDON_LINK.relative_to(ROOT)
    words = [f"{linked}/{one}" if _is_path(one) else one for one in arguments]
    if not any(map(_is_path, arguments)):
        words.append(f"{linked}/tests")
    return [*words, *(f"--ignore={linked}/{name}" for name in PLAIN)]


def _is_path(argument: str) -> bool:
    return (ROOT / argument.split("::")[0]).exists()


def _pytest(what: str, words, env: dict[str, str]) -> bool:
    command = [PYTHON, "-m", "pytest", *words]
    code = subprocess.call(
        [str(word) for word in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **env},
    )
    if code == NOTHING_COLLECTED:
        return False
    if code:
        raise ToolError(f"{what} failed.")
    return True


def _refuse_skipped(report) -> None:
    """No test may be left out unnoticed, least of all one that needs the browser."""
    skipped = [
        f"{case.get('name')}: {node.get('message')}"
        for case in ElementTree.parse(report).iter("testcase")
        for node in case.iter("skipped")
    ]
    if skipped:
        raise ToolError("Tests were skipped:\n  " + "\n  ".join(skipped))


def check_installation(name: str, env: dict[str, str], *, demo: bool) -> None:
    """Install on a fresh database; any warning in Odoo's log is a fault."""
    log = database.build(name, env, demo=demo) + database.warm_up(name, env)
    found = [match.group() for match in TROUBLE.finditer(log)]
    if found:
        raise ToolError(f"Installing {ADDON} logged:\n  " + "\n  ".join(found))


def _check_translations() -> None:
    """In the environment's Python, which reads such files."""
    command = [PYTHON, "-m", "tools", "translations-check", DATABASE]
    if subprocess.call([str(word) for word in command], cwd=ROOT):
        raise ToolError("Terms have no Czech translation, or are left over (above).")


def _check_demo_data(env: dict[str, str]) -> None:
    check_installation(DEMO_DATABASE, env, demo=True)
    database.drop(DEMO_DATABASE, env)
