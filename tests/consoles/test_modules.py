"""A page asks at once for every module that its console's script imports, and for no other."""

import re
from collections.abc import Iterator

import pytest

from gis_dispatch.consoles import joined
from gis_dispatch.consoles.joined import file_at, joined_pages
from gis_dispatch.consoles.modules import modules_of
from tests.consoles.town import Town

CONSOLES = ["operator", "dispatcher", "planner", "field", "admin", "handover", "replay"]


@pytest.fixture(params=["joined", "one by one"])
def sent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Both ways that the scripts of a page may come."""
    modules_of.cache_clear()
    if request.param == "joined":
        assert joined_pages(), "script/setup joins the scripts"
    else:
        monkeypatch.setattr(joined, "joined_pages", frozenset)
    yield request.param
    modules_of.cache_clear()


@pytest.mark.parametrize("console", CONSOLES)
def test_every_module_named_is_there(sent: str, console: str) -> None:
    """The script itself comes first, each module once, and what it draws with is among them."""
    modules = modules_of(console, f"{console}/main")
    folder = f"/joined/{console}" if sent == "joined" else "/static"
    assert modules[0] == f"{folder}/{console}/main.js"
    assert len(set(modules)) == len(modules)
    for module in modules:
        assert file_at(module).is_file(), module
    written = "".join(file_at(module).read_text(encoding="utf-8") for module in modules)
    assert ("function createMap" in written) == ("function vectorLayer" in written)


def test_joined_there_are_few_of_them(sent: str) -> None:
    asked = modules_of("operator", "map/first", "shared/shell", "operator/main")
    assert len(asked) < 15 if sent == "joined" else len(asked) > 50


@pytest.mark.usefixtures("sent")
def test_a_page_names_them(town: Town) -> None:
    """In its head, before its own script is read."""
    page = town.signed_in("operator").client.get("/operator", headers={"Accept": "text/html"}).text
    head = page.split("</head>")[0]
    named = re.findall(r'<link rel="modulepreload" href="([^"]+)"[^>]*>', head)
    assert set(modules_of("operator", "operator/main")) <= set(named)
    # The map is drawn first, so what it needs is asked for first.
    first = modules_of("operator", "map/first")
    assert tuple(named[: len(first)]) == first
    assert f'<script type="module" src="{first[0]}"></script>' in head
    assert len(set(named)) == len(named)
