# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""`make translations`: read all terms anew, keep the Czech ones, list those missing.

Odoo reads every file below an addon's folder, `.dev/` included: it is given a copy.
"""

import shutil
from pathlib import Path

from . import database, environment, export, odoo
from .errors import ToolError
from .places import ADDON, ADDONS, PYTHON, ROOT
from .process import run, scratch_folder
from .progress import say, step

DATABASE = "hotel_ubyport_terms"
TEMPLATE = ROOT / "i18n" / f"{ADDON}.pot"
CZECH = ROOT / "i18n" / "cs.po"
# Odoo stamps a file with the moment of its making; without it a diff shows terms only
DATES = ("POT-Creation-Date", "PO-Revision-Date")
NOT_IN_THE_ADDON = ("tests", "tools", "simulator")


def main() -> None:
    """Write the template and the Czech file; what has no Czech yet is listed."""
    environment.restart_in_venv()
    with environment.ready() as env:
        database.refresh(DATABASE, env, demo=False)
        template = _read_terms(DATABASE, env)
    template.save(TEMPLATE)
    czech = _merge(template, _open(CZECH))
    czech.save(CZECH)
    missing = [entry.msgid for entry in czech.untranslated_entries()]
    say(f"{len(czech)} terms, {len(missing)} without Czech")
    for term in missing:
        say(f"  {term!r}")


def check(name: str) -> None:
    """`python3 -m tools translations-check NAME`: none is missing or left over.

    :param name: a database with the addon of now
    """
    environment.restart_in_venv()
    with environment.ready() as env, step("translations"):
        faults = _faults(_read_terms(name, env), _open(TEMPLATE), _open(CZECH))
        if faults:
            raise ToolError(
                "\n".join([*faults, "`make translations` reads them anew."])
            )


def _read_terms(name: str, env: dict[str, str]):
    """The terms of the addon as installed in a database (a polib.POFile)."""
    with scratch_folder() as folder:
        copied = export.copy_to(folder)
        for path in NOT_IN_THE_ADDON:
            shutil.rmtree(copied / path, ignore_errors=True)
        config = Path(folder, "odoo.conf")
        config.write_text(odoo.CONFIG.read_text().replace(str(ADDONS), str(folder)))
        command = [PYTHON, "-m", "odoo", "i18n", "export", "-c", config]
        command += ["-d", name, ADDON, "-l", "pot"]
        run("Reading the terms", command, log="translations", env={**odoo.ENV, **env})
        template = _open(copied / "i18n" / TEMPLATE.name)
    for date in DATES:
        template.metadata.pop(date, None)
    return template


def _open(path: Path):
    import polib

    return polib.pofile(str(path), wrapwidth=78)


def _merge(template, czech):
    """Return the template's terms with what Czech knows of them, in its order."""
    known = {entry.msgid: entry.msgstr for entry in czech}
    for entry in template:
        entry.msgstr = known.get(entry.msgid, "")
    template.metadata = {
        name: value for name, value in czech.metadata.items() if name not in DATES
    }
    return template


def _faults(template, kept, czech) -> list[str]:
    """One line for each term that is not where it should be."""
    real = {entry.msgid for entry in template}
    listed = {entry.msgid for entry in kept}
    known = {entry.msgid for entry in czech.translated_entries()}
    unplaced = sorted(_places(template) - _places(czech))
    return [
        *(f"not in {TEMPLATE.name}: {term!r}" for term in sorted(real - listed)),
        *(f"used nowhere: {term!r}" for term in sorted(listed - real)),
        *(f"no Czech for: {term!r}" for term in sorted(real - known)),
        *(f"no Czech at {place}: {term!r}" for term, place in unplaced),
    ]


def _places(terms) -> set[tuple[str, str]]:
    """Where fields and views use each term: Odoo translates it at these places only."""
    return {
        (entry.msgid, place)
        for entry in terms
        for place, _line in entry.occurrences
        if place.startswith("model")
    }
