"""Finds hosts that a served page, style or script would load from: there must be none.

A control room without the Internet may not wait for somebody else's server. Run by script/lint:
`python -m tests.house.foreign_hosts`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from gis_dispatch import assets

SUFFIXES = {".html", ".css", ".js", ".svg", ".json", ".webmanifest", ".xml"}
ADDRESS = re.compile(
    r"""(?:\bhttps?:|\bwss?:|(?<=["'(=\s]))//(?P<host>[\w-]+(?:\.[\w-]+)+)""", re.IGNORECASE
)
# Styles load what they name; third-party scripts name hosts only in comments and links.
STYLE_LOAD = re.compile(
    r"""(?:url\(\s*|@import\s+)["']?(?:https?:)?//(?P<host>[\w.-]+)""", re.IGNORECASE
)

NAMES_ONLY = {
    "www.w3.org": "XML namespaces: names, never fetched",
    "www.google.com": "a link that a crew follows to the phone's own navigation",
    "www.openstreetmap.org": "the attribution link that the data's licence asks for",
}


def in_text(text: str, pattern: re.Pattern[str] = ADDRESS) -> list[str]:
    """The foreign hosts of a text, in order."""
    hosts = [match["host"].lower() for match in pattern.finditer(text)]
    return [host for host in hosts if host not in NAMES_ONLY]


def in_our_files(web: Path) -> Iterator[str]:
    """`file:line: host` for every foreign host in what we serve of our own."""
    for path in sorted(web.rglob("*")):
        if path.suffix in SUFFIXES:
            lines = path.read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines, start=1):
                for host in in_text(line):
                    yield f"{path.relative_to(web)}:{number}: {host}"


def in_vendor_styles(node_modules: Path) -> Iterator[str]:
    """The same for the third-party styles that we serve."""
    for package, patterns in assets.VENDOR_FILES.items():
        for pattern in patterns:
            for path in (node_modules / package).glob(pattern):
                if path.suffix == ".css":
                    for host in in_text(path.read_text(encoding="utf-8"), STYLE_LOAD):
                        yield f"{package}/{path.name}: {host}"


def main() -> int:
    """Print what was found; 1 if anything was."""
    found = [*in_our_files(assets.folder("web")), *in_vendor_styles(assets.node_modules())]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
