"""Finds PostgreSQL's programs: every supported major version that has PostGIS."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gis_dispatch.running.refusals import (
    ClusterVersionMissing,
    ClusterVersionUnsupported,
    PostgresMissing,
)

SUPPORTED_MAJORS = range(15, 18)
DEBIAN_ROOT = Path("/usr/lib/postgresql")
INSTALL_COMMAND = "sudo apt-get install postgresql postgis postgresql-postgis"


@dataclass(frozen=True)
class Binaries:
    """One installed PostgreSQL."""

    major: int
    folder: Path

    def program(self, name: str) -> str:
        """The path of one of its programs, for example `initdb`."""
        return str(self.folder / name)


def supported() -> str:
    """The supported versions as people write them."""
    return f"{SUPPORTED_MAJORS[0]} to {SUPPORTED_MAJORS[-1]}"


def installed(debian_root: Path = DEBIAN_ROOT) -> list[Binaries]:
    """Every supported PostgreSQL with PostGIS on this machine, newest first."""
    folders = [path.parent for path in debian_root.glob("*/bin/postgres")]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    found: dict[int, Binaries] = {}
    for folder in folders:
        major = _major(folder)
        if major in SUPPORTED_MAJORS and (folder / "initdb").exists() and _has_postgis(folder):
            found.setdefault(major, Binaries(major, folder))
    return [found[major] for major in sorted(found, reverse=True)]


def for_new_cluster() -> Binaries:
    """The newest usable PostgreSQL."""
    usable = installed()
    if not usable:
        raise PostgresMissing(supported=supported(), command=INSTALL_COMMAND)
    return usable[0]


def for_existing_cluster(data: Path) -> Binaries:
    """The PostgreSQL of the same major version as an existing cluster: no other can open it."""
    version = (data / "PG_VERSION").read_text().strip()
    usable = installed()
    for binaries in usable:
        if str(binaries.major) == version:
            return binaries
    if not version.isdigit() or int(version) not in SUPPORTED_MAJORS:
        raise ClusterVersionUnsupported(folder=data, version=version, supported=supported())
    found = ", ".join(str(binaries.major) for binaries in usable) or "none"
    raise ClusterVersionMissing(folder=data, version=version, found=found)


def _major(folder: Path) -> int:
    answer = _ask([str(folder / "postgres"), "--version"])
    match = re.search(r"\b(\d+)", answer)
    return int(match.group(1)) if match else 0


def _has_postgis(folder: Path) -> bool:
    # Debian keeps the extension files in /usr/share/postgresql/<major>/extension.
    share = _ask([str(folder / "pg_config"), "--sharedir"])
    shares = [Path(share)] if share else []
    shares.append(Path("/usr/share/postgresql") / folder.parent.name)
    return any((share_dir / "extension" / "postgis.control").exists() for share_dir in shares)


def _ask(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except OSError:
        return ""  # not installed: the caller looks elsewhere
    return done.stdout.strip()
