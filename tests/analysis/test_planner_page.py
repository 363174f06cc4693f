"""The planner's page: whoever may see it gets it, without anything inline."""

import re
from pathlib import Path

import pytest

from gis_dispatch import assets
from tests.consoles.town import Town

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(("who", "status"), [("planner", 200), ("dispatcher", 200), ("crew", 403)])
def test_the_page_is_for_its_roles(town: Town, who: str, status: int) -> None:
    """Planners and those who answer for an agency; not crews."""
    assert town.signed_in(who).client.get("/planner", headers=HTML).status_code == status


def test_nothing_is_inline(town: Town) -> None:
    """A strict policy: no style attribute, no handler, no script text; and every script exists."""
    page = town.signed_in("planner").client.get("/planner", headers=HTML).text
    assert not re.search(r"\s(?:style|on[a-z]+)=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    for address in re.findall(r'(?:src|href)="(/static/[^"#]+)', page):
        assert (assets.folder("web") / address.lstrip("/")).is_file(), address


def test_scripts_import_what_is_there() -> None:
    """Each import of the planner's modules names a file."""
    folder: Path = assets.folder("web") / "static/planner"
    for script in folder.glob("*.js"):
        for name in re.findall(r'from "([^"]+)"', script.read_text(encoding="utf-8")):
            assert (script.parent / name).resolve().is_file(), (script.name, name)
