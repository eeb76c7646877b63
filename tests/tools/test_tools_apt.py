# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import subprocess

import pytest

from tools import apt
from tools.errors import ToolError

DEB822 = """\
# a remark
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/some.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
"""


def etc(tmp_path, **files):
    """An /etc/apt with these files in sources.list.d; dots are written as __."""
    folder = tmp_path / "sources.list.d"
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text)
    return tmp_path


def test_the_mirror_and_keyring_of_a_deb822_file_are_used(tmp_path):
    mirror = apt.machine_mirror(etc(tmp_path, debian__sources=DEB822))
    assert mirror.uri == "http://mirror.example/debian"
    assert mirror.signed_by == "/usr/share/keyrings/some.gpg"


def test_the_mirror_of_a_one_line_file_is_used(tmp_path):
    line = "deb [arch=amd64 signed-by=/k.gpg] https://m.example/debian trixie main\n"
    (etc(tmp_path) / "sources.list").write_text(f"# nothing\n{line}")
    assert apt.machine_mirror(tmp_path) == apt.Mirror(
        "https://m.example/debian", "/k.gpg"
    )


def test_a_line_without_options_needs_no_keyring(tmp_path):
    text = "deb-src http://m.example/debian sid main\ndeb http://m.example/d sid main\n"
    assert apt.one_line_mirrors(text) == [apt.Mirror("http://m.example/d")]


@pytest.mark.parametrize(
    "text",
    [
        DEB822.replace("Types: deb\n", "Types: deb\nEnabled: no\n"),
        DEB822.replace("Components: main", "Components: contrib"),
        DEB822.replace("bookworm bookworm-updates", "noble noble-updates"),
        DEB822.replace("Types: deb", "Types: deb-src"),
    ],
    ids=["disabled", "without main", "another distribution", "sources only"],
)
def test_what_is_not_debians_main_archive_is_passed_over(text):
    assert apt.deb822_mirrors(text) == []


def test_a_key_written_into_the_file_is_not_taken_for_a_path():
    inline = DEB822.replace(
        "/usr/share/keyrings/some.gpg", "\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n ."
    )
    assert apt.deb822_mirrors(inline)[0].signed_by == ""


def test_a_machine_without_a_debian_mirror_is_told_the_way_out(tmp_path):
    with pytest.raises(ToolError, match="ODOO_SOURCE"):
        apt.machine_mirror(etc(tmp_path))


def test_unpacking_leaves_out_what_is_excluded(tmp_path):
    source = tmp_path / "package"
    for name in ("DEBIAN/control", "usr/a/i18n/cs.po", "usr/a/i18n/de.po", "usr/a/x"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "Package: p\nVersion: 1\nArchitecture: all\n"
            "Maintainer: m <m@example.com>\nDescription: d\n"
        )
    deb = tmp_path / "p.deb"
    build = ["dpkg-deb", "--build", str(source), str(deb)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    apt.unpack(deb, tmp_path / "out", "*/i18n/[!c]*.po")
    found = [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert sorted(found) == ["cs.po", "x"]


def test_a_broken_package_is_one_sentence(tmp_path):
    deb = tmp_path / "broken.deb"
    deb.write_bytes(b"not a package")
    with pytest.raises(ToolError, match=r"^Unpacking broken\.deb failed"):
        apt.unpack(deb, tmp_path / "out")
