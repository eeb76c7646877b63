# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pictures of the manual: which, where, and small enough to be kept with it."""

from pathlib import Path

from .errors import ToolError
from .places import ROOT

NAME = "manual"
FOLDER = ROOT / "docs" / "images"
WIDTH = 1440
COLOURS = 128
LARGEST = 150_000
PAGES = (
    "board",
    "facility",
    "folio",
    "guest",
    "guests",
    "invitation",
    "milestones",
    "preview",
    "receipt",
    "statistics",
    "unl",
)


def file_of(name: str, language: str) -> Path:
    """Where the picture of a page in a language (cs_CZ) lies."""
    return FOLDER / f"{name}.{language[:2]}.png"


def make_small(file: Path) -> None:
    """Write a PNG again with few colours; ToolError if it is still too large."""
    from PIL import Image

    with Image.open(file) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(file, optimize=True)
    if file.stat().st_size > LARGEST:
        raise ToolError(f"{file.name} has more than {LARGEST} bytes.")
