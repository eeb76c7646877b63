# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The manual: both languages say the same, and every picture is there."""

import re

import pytest

from tools import manual_pictures, screenshots
from tools.places import ROOT

LANGUAGES = ("cs", "en")
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")


def manual(language):
    return (ROOT / "docs" / f"manual.{language}.md").read_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_exists_is_small_and_made_by_the_script(language):
    found = PICTURE.findall(manual(language))
    made = {f"images/{name}.{language}.png" for name in manual_pictures.PAGES}
    assert set(found) <= made
    for path in found:
        size = (ROOT / "docs" / path).stat().st_size
        assert 0 < size <= manual_pictures.LARGEST, path


def test_no_picture_is_left_over():
    kept = {f"images/{file.name}" for file in manual_pictures.FOLDER.iterdir()}
    used = {path for name in LANGUAGES for path in PICTURE.findall(manual(name))}
    assert kept == used


def test_both_languages_have_the_same_chapters_pictures_and_symptoms():
    shapes = [
        [line[:4] for line in manual(name).splitlines() if line[:1] in "#!|"]
        for name in LANGUAGES
    ]
    heads = [[re.match(r"#*|!|\|", line)[0] for line in shape] for shape in shapes]
    assert heads[0] == heads[1]


def test_every_page_of_the_manual_is_one_that_make_screenshots_knows():
    known = {shot.name for shot in screenshots.PAGES}
    assert set(manual_pictures.PAGES) <= known
