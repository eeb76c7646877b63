# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Debian packages without installing them: own package lists, download, unpack.

The mirror, the keyring and the signature checks are those of the machine; only
the suites differ, so the machine's own package system is not touched.
"""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import ToolError
from .places import CACHE
from .process import need, run, scratch_folder

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
NO_MIRROR = (
    "No Debian mirror was found in the machine's apt configuration; set ODOO_SOURCE "
    "to the folder of an Odoo 19 source instead."
)


@dataclass(frozen=True)
class Mirror:
    """A Debian archive this machine already uses."""

    uri: str
    signed_by: str = ""


def machine_mirror(etc: Path = Path("/etc/apt")) -> Mirror:
    """The first mirror of Debian's main archive in the machine's configuration."""
    for path in _source_files(etc):
        text = path.read_text(errors="replace")
        parse = deb822_mirrors if path.suffix == ".sources" else one_line_mirrors
        for mirror in parse(text):
            return mirror
    raise ToolError(NO_MIRROR)


def _source_files(etc: Path):
    parts = etc / "sources.list.d"
    found = sorted(parts.glob("*.sources")) + sorted(parts.glob("*.list"))
    return [path for path in (*found, etc / "sources.list") if path.is_file()]


def deb822_mirrors(text: str) -> list[Mirror]:
    """Mirrors of a `*.sources` file (deb822 paragraphs)."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines))
    return [mirror for part in paragraphs if (mirror := _from_paragraph(part))]


def _from_paragraph(text: str) -> Mirror | None:
    fields = {key.lower(): value.strip() for key, value in _fields(text)}
    if fields.get("enabled", "yes").lower() in ("no", "false"):
        return None
    words = {key: fields.get(key, "").split() for key in ("types", "uris", "suites")}
    if "deb" not in words["types"] or not words["uris"]:
        return None
    signed_by = fields.get("signed-by", "")
    if not _is_main_archive(words["suites"], fields.get("components", "").split()):
        return None
    return Mirror(words["uris"][0], signed_by if signed_by.startswith("/") else "")


def _fields(text: str):
    return re.findall(r"^([\w-]+):[ \t]*(.*(?:\n[ \t].*)*)", text, re.M)


def one_line_mirrors(text: str) -> list[Mirror]:
    """Mirrors of a `sources.list` file (`deb [options] uri suite components`)."""
    pattern = re.compile(r"^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+(.+)$", re.M)
    found = []
    for options, uri, suite, components in pattern.findall(text):
        signed_by = re.search(r"signed-by=(\S+)", options, re.I)
        if _is_main_archive([suite], components.split()):
            found.append(Mirror(uri, signed_by.group(1) if signed_by else ""))
    return found


def _is_main_archive(suites: list[str], components: list[str]) -> bool:
    plain = [suite for suite in suites if not re.search(r"[-/]", suite)]
    # Debian is told from other distributions by its code names alone
    known = {"stable", "testing", "unstable", "sid", "oldstable"}
    known |= {"bullseye", "bookworm", "trixie", "forky", "duke"}
    return "main" in components and bool(known.intersection(plain))


class PackageSource:
    """Package lists of some suites, kept apart from the machine's own."""

    def __init__(self, suites, folder: Path = CACHE / "apt"):
        self.suites = list(suites)
        self.folder = folder

    def update(self) -> None:
        """Fetch the lists; the machine's keyring checks their signature."""
        need("apt-get", "apt")
        for name in ("lists/partial", "cache/archives/partial", "debs"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._sources.write_text(self._sources_text())
        run("Fetching Debian's package lists", self._command("update"), log="apt")

    def download(self, packages: dict[str, str]) -> list[Path]:
        """Download packages (name -> suite) and return the .deb files."""
        wanted = [f"{name}/{suite}" for name, suite in packages.items()]
        with scratch_folder() as scratch:
            command = self._command("download", *wanted)
            run("Downloading Debian packages", command, log="apt", cwd=scratch)
            for path in Path(scratch).glob("*.deb"):
                target = self.folder / "debs" / path.name
                target.write_bytes(path.read_bytes())
        return [self._newest(name) for name in packages]

    def _newest(self, package: str) -> Path:
        debs = (self.folder / "debs").glob(f"{package}_*.deb")
        return max(debs, key=lambda path: path.stat().st_mtime)

    @property
    def _sources(self) -> Path:
        return self.folder / "debian.sources"

    def _sources_text(self) -> str:
        mirror = machine_mirror()
        signed_by = mirror.signed_by or (KEYRING if KEYRING.exists() else "")
        lines = [
            "Types: deb",
            f"URIs: {mirror.uri}",
            f"Suites: {' '.join(self.suites)}",
        ]
        lines += ["Components: main"]
        lines += [f"Signed-By: {signed_by}"] if signed_by else []
        return "\n".join(lines) + "\n"

    def _command(self, *words: str) -> list[str]:
        options = {
            "Dir::Etc::SourceList": self._sources,
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "Dir::State::Lists": self.folder / "lists",
            "Dir::Cache": self.folder / "cache",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "APT::Update::Error-Mode": "any",
            # root's checkout need not be readable for apt's own user
            "APT::Sandbox::User": "root",
        }
        settings = (f"-o{name}={value}" for name, value in options.items())
        return ["apt-get", "-q", *settings, *words]


def unpack(deb: Path, folder: Path, *exclude: str) -> None:
    """Unpack a .deb below `folder`, without the paths matching `exclude`."""
    need("dpkg-deb", "dpkg")
    folder.mkdir(parents=True, exist_ok=True)
    excludes = [f"--exclude={pattern}" for pattern in exclude]
    reader = subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE
    )
    tar = ["tar", "-x", "--no-same-owner", "-C", str(folder), "--wildcards", *excludes]
    done = subprocess.run(tar, stdin=reader.stdout, stderr=subprocess.PIPE, text=True)
    if done.returncode or reader.wait():
        reason = (
            "the disk is full" if "No space" in done.stderr else done.stderr.strip()
        )
        raise ToolError(f"Unpacking {deb.name} failed: {reason}")
