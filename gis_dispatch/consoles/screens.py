"""Names the state of all screens, so that a page open for weeks knows that it is an old one."""

import hashlib

from flask import Flask

from gis_dispatch import __version__, assets


def screens_version(app: Flask) -> str:
    """Changes with every template, script, style and word; found out once in each process."""
    known: str | None = app.extensions.get("screens_version")
    if known is None:
        found = hashlib.sha256(__version__.encode())
        web = assets.folder("web")
        for path in sorted(web.rglob("*")):
            if path.is_file():
                found.update(str(path.relative_to(web)).encode())
                found.update(path.read_bytes())
        known = app.extensions["screens_version"] = found.hexdigest()[:16]
    return known
