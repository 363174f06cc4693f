"""A page asks at once for every module that its console's script imports, and for no other."""

import re
from pathlib import Path

import pytest

from gis_dispatch import assets
from gis_dispatch.consoles.modules import modules_of
from tests.consoles.town import Town


@pytest.mark.parametrize("console", ["operator", "dispatcher", "planner", "field", "admin"])
def test_every_module_named_is_there(console: str) -> None:
    """The script itself comes first, each module once, and what the map needs is among them."""
    modules = modules_of(f"{console}/main")
    assert modules[0] == f"/static/{console}/main.js"
    assert len(set(modules)) == len(modules)
    for module in modules:
        assert (assets.folder("web") / module.removeprefix("/")).is_file(), module
    written = "".join(_text(module) for module in modules)
    assert ("createMap" in written) == ("/static/map/basemap-style.js" in modules)


def _text(module: str) -> str:
    return Path(assets.folder("web") / module.removeprefix("/")).read_text(encoding="utf-8")


def test_a_page_names_them(town: Town) -> None:
    """In its head, before its own script is read."""
    page = town.signed_in("operator").client.get("/operator", headers={"Accept": "text/html"}).text
    head = page.split("</head>")[0]
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)"[^>]*>', head)
    assert set(modules_of("operator/main")) <= set(named)
    # The map is drawn first, so what it needs is asked for first.
    first = modules_of("map/first")
    assert tuple(named[: len(first)]) == first
    assert '<script type="module" src="/static/map/first.js"></script>' in head
    assert len(set(named)) == len(named)
