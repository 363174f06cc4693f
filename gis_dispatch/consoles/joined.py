"""The scripts of the pages: joined into few files at set-up, or one by one as they are written.

What was joined is only used while it was made from just the scripts there are: whoever changes
one sees the change, and a set-up without it runs as well, only with more requests.
"""

import hashlib
import json
import logging
from functools import cache
from pathlib import Path

from gis_dispatch import assets

MADE_FROM = "made_from.json"
"""Beside what was joined: the hash of every script then."""


def script_of(page: str, script: str) -> str:
    """The address of a page's script, such as ("operator", "map/first")."""
    if page in joined_pages():
        return f"/joined/{page}/{script}.js"
    return f"/static/{script}.js"


def file_at(address: str) -> Path:
    """The file under /static/ or /joined/; it need not be there."""
    return assets.folder("web") / address.removeprefix("/")


@cache
def joined_pages() -> frozenset[str]:
    """The pages whose scripts are joined; found out once in each process."""
    web = assets.folder("web")
    return pages_joined(web / "static", web / "joined")


def pages_joined(static: Path, joined: Path) -> frozenset[str]:
    """The folders of `joined`, if it was made from just the scripts of `static`."""
    try:
        made_from = json.loads((joined / MADE_FROM).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
    if made_from != _hashes(static):
        logging.getLogger(__name__).warning(
            "The pages' scripts are others than script/setup joined: they are sent one by one."
        )
        return frozenset()
    return frozenset(folder.name for folder in joined.iterdir() if folder.is_dir())


def _hashes(static: Path) -> dict[str, str]:
    return {
        script.relative_to(static).as_posix(): hashlib.sha256(script.read_bytes()).hexdigest()
        for script in static.rglob("*.js")
    }
