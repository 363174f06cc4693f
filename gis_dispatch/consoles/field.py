"""The crew's page, for a phone held in one hand: an app that opens and works without a signal."""

import hashlib
import re
from functools import cache
from pathlib import Path

import orjson
from flask import Blueprint, jsonify, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gis_dispatch import assets
from gis_dispatch.consoles.context import current_settings
from gis_dispatch.consoles.joined import file_at, joined_pages, script_of
from gis_dispatch.consoles.modules import modules_later, modules_of
from gis_dispatch.consoles.roles import console

blueprint = Blueprint("field", __name__)

WORKER = "static/field/worker.js"
BACKGROUND = "field/background"
"""Runs in the worker, where it was joined: a worker loads no modules."""
BESIDE = (
    "/static/icon.svg",
    "/static/icons.svg",
    "/static/shared/theme.js",
    "/vendor/idb/build/index.js",
    "/vendor/pbf/index.js",
    "/vendor/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
)
"""What the page loads beside what its template and its modules name."""
_NAMED = re.compile(r"""(?:href|src)="(/(?:static|vendor)/[^"#{]+)["#]""")
_FRAMES = ("base.html", "_map_head.html", "field.html")


@blueprint.get("/field")
@console("field")
def page() -> str:
    """One crew's assignment."""
    return render_template("field.html")


@blueprint.get("/field-worker.js")
def worker() -> Response:
    """The service worker, with the files the page is made of and the state of each.

    It stands at the top, because a worker may only look after addresses beside and below its own.
    """
    script = (assets.folder("web") / WORKER).read_text(encoding="utf-8")
    given = {
        "FILES": [{"url": url, "revision": _revision(url)} for url in page_files()],
        "BACKGROUND": script_of("field", BACKGROUND) if "field" in joined_pages() else None,
    }
    lines = [f"const {name} = {orjson.dumps(value).decode()};" for name, value in given.items()]
    response = Response("\n".join([*lines, script]), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/field.webmanifest")
def manifest() -> Response:
    """How the page is installed on a phone; the same for everybody."""
    name = current_settings().service_name
    icons = [
        {"src": f"/static/field/icon-{side}.png", "sizes": f"{side}x{side}", "type": "image/png"}
        for side in (192, 512)
    ]
    made: Response = jsonify(
        id="/field",
        name=f"{name} · {_('Field')}",
        short_name=name,
        start_url="/field",
        scope="/field",
        display="standalone",
        background_color="#0b0f14",
        theme_color="#d92d27",
        icons=[*icons, {**icons[1], "src": "/static/field/icon-mask.png", "purpose": "maskable"}],
    )
    made.mimetype = "application/manifest+json"
    return made


@cache
def page_files() -> tuple[str, ...]:
    """The addresses of every file that the page loads before it asks for anything."""
    modules = modules_of("field", "field/main", "shared/shell")
    found = {*BESIDE, *modules, *modules_later(modules)}
    for frame in _FRAMES:
        text = (assets.folder("web") / "templates" / frame).read_text(encoding="utf-8")
        found.update(_NAMED.findall(text))
    return tuple(sorted(url for url in found if _file(url).is_file()))


def _file(url: str) -> Path:
    if not url.startswith("/vendor/"):
        return file_at(url)
    parts = url.removeprefix("/vendor/").split("/")
    width = 2 if parts[0].startswith("@") else 1
    return assets.vendor("/".join(parts[:width]), "/".join(parts[width:]))


def _revision(url: str) -> str:
    return hashlib.sha256(_file(url).read_bytes()).hexdigest()[:16]
