"""Which modules the scripts of a page import, so that a browser asks for all of them at once."""

import re
from functools import cache
from pathlib import PurePosixPath

from gis_dispatch import assets

_IMPORTED = re.compile(
    r"""^\s*(?:import|export)\b[^;]*?["'](\.{1,2}/[^"']+|/static/[^"']+)["']""", re.MULTILINE
)


@cache
def modules_of(*scripts: str) -> tuple[str, ...]:
    """Addresses of the scripts, such as "operator/main", and all they import, in their order.

    Each script stands before what it imports, and with all of it before the next script.
    """
    found: dict[str, None] = {}
    for script in scripts:
        _follow(f"/static/{script}.js", found)
    return tuple(found)


def _follow(script: str, found: dict[str, None]) -> None:
    waiting = [script]
    for address in waiting:
        path = assets.folder("web") / address.removeprefix("/")
        if address in found or not path.is_file():
            continue
        found[address] = None
        folder = PurePosixPath(address).parent
        named = _IMPORTED.findall(path.read_text(encoding="utf-8"))
        waiting.extend(_plain(str(folder / name)) for name in named)


def _plain(address: str) -> str:
    """Without "..": the address a browser asks for."""
    parts: list[str] = []
    for part in address.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
