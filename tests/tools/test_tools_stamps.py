# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest

from tools import stamps


@pytest.fixture
def source(tmp_path):
    for name in ("models/a.py", "views/b.xml", "__manifest__.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    return tmp_path


def test_a_step_is_done_only_for_the_same_inputs(tmp_path, monkeypatch):
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    assert not stamps.is_done("venv", "key")
    stamps.mark_done("venv", "key")
    assert stamps.is_done("venv", "key")
    assert not stamps.is_done("venv", "other key")
    stamps.forget("venv")
    assert not stamps.is_done("venv", "key")


def test_the_digest_of_parts_depends_on_where_they_part():
    assert stamps.digest("ab", "c") != stamps.digest("a", "bc")


@pytest.mark.parametrize("change", ["content", "name", "new file", "deleted"])
def test_a_changed_source_is_noticed(source, change):
    before = stamps.tree_digest(source)
    path = source / "models" / "a.py"
    if change == "content":
        path.write_text("other")
    elif change == "name":
        path.rename(source / "models" / "c.py")
    elif change == "new file":
        (source / "i18n").mkdir()
        (source / "i18n" / "cs.po").write_text("")
    else:
        path.unlink()
    assert stamps.tree_digest(source) != before


@pytest.mark.parametrize("folder", ["tests", "tools", ".dev", ".git", "__pycache__"])
def test_what_no_database_depends_on_is_left_out(source, folder):
    before = stamps.tree_digest(source)
    (source / folder).mkdir()
    (source / folder / "x.py").write_text("x")
    assert stamps.tree_digest(source) == before


def test_a_link_back_into_the_checkout_does_no_harm(source):
    before = stamps.tree_digest(source)
    (source / "models" / "again").symlink_to(source)
    assert stamps.tree_digest(source) == before
