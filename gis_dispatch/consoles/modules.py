"""Which modules the scripts of a page import, so that a browser asks for all of them at once."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath

from gis_dispatch.consoles.joined import file_at, script_of

_IMPORTED = re.compile(
    r"""^\s*(?:import|export)\b[^;]*?["'](\.{1,2}/[^"']+|/static/[^"']+)["']""", re.MULTILINE
)
_IMPORTED_LATER = re.compile(r"""\bimport\("(\.{1,2}/[^"]+)"\)""")


@cache
def modules_of(page: str, *scripts: str) -> tuple[str, ...]:
    """Addresses of a page's scripts, such as "operator/main", and all they import, in their order.

    Each script stands before what it imports, and with all of it before the next script.
    """
    found: dict[str, None] = {}
    for script in scripts:
        _follow(script_of(page, script), found)
    return tuple(found)


def modules_later(modules: Iterable[str]) -> tuple[str, ...]:
    """What these modules import only when it is needed, and all that is imported by it."""
    found: dict[str, None] = {}
    for module in modules:
        for name in _IMPORTED_LATER.findall(file_at(module).read_text(encoding="utf-8")):
            _follow(_named_in(module, name), found)
    return tuple(found)


def _follow(script: str, found: dict[str, None]) -> None:
    waiting = [script]
    for address in waiting:
        path = file_at(address)
        if address in found or not path.is_file():
            continue
        found[address] = None
        named = _IMPORTED.findall(path.read_text(encoding="utf-8"))
        waiting.extend(_named_in(address, name) for name in named)


def _named_in(module: str, name: str) -> str:
    """Without "..": the address a browser asks for."""
    parts: list[str] = []
    for part in str(PurePosixPath(module).parent / name).split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
