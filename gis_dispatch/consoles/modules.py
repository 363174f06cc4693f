"""Which modules a console's script imports, so that a browser asks for all of them at once."""

import re
from functools import cache
from pathlib import PurePosixPath

from gis_dispatch import assets

_IMPORTED = re.compile(
    r"""^\s*(?:import|export)\b[^;]*?["'](\.{1,2}/[^"']+|/static/[^"']+)["']""", re.MULTILINE
)


@cache
def modules_of(console: str) -> tuple[str, ...]:
    """Addresses of what /static/<console>/main.js imports, and what that does; it first of all."""
    found: dict[str, None] = {}
    waiting = [f"/static/{console}/main.js"]
    for address in waiting:
        path = assets.folder("web") / address.removeprefix("/")
        if address in found or not path.is_file():
            continue
        found[address] = None
        folder = PurePosixPath(address).parent
        named = _IMPORTED.findall(path.read_text(encoding="utf-8"))
        waiting.extend(_plain(str(folder / name)) for name in named)
    return tuple(found)


def _plain(address: str) -> str:
    """Without "..": the address a browser asks for."""
    parts: list[str] = []
    for part in address.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
