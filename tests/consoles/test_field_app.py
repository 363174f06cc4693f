"""The crew's page as an app: what its worker keeps is the whole page, and how it is installed."""

import re
from typing import Any

import orjson
import pytest

from gis_dispatch.consoles import field
from gis_dispatch.consoles.field import page_files
from gis_dispatch.consoles.modules import modules_of
from tests.consoles.town import Town


def _kept(town: Town) -> list[dict[str, Any]]:
    answer = town.app.test_client().get("/field-worker.js")
    assert answer.mimetype == "text/javascript" and answer.headers["Cache-Control"] == "no-cache"
    first = answer.text.splitlines()[0]
    files: list[dict[str, Any]] = orjson.loads(
        first.removeprefix("const FILES = ").removesuffix(";")
    )
    return files


def test_the_worker_keeps_every_file_the_page_names(town: Town) -> None:
    page = town.signed_in("crew").client.get("/field", headers={"Accept": "text/html"}).text
    named = set(re.findall(r"""(?:href|src)="(/(?:static|joined|vendor)/[^"#]+)["#]""", page))
    assert set(modules_of("field", "field/main")) <= named, "it asks for its modules beforehand"
    assert named <= {file["url"] for file in _kept(town)}


def test_the_worker_sends_by_itself_where_its_script_was_joined(
    calm_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = calm_town.app.test_client()

    def background() -> str | None:
        given = client.get("/field-worker.js").text.splitlines()[1]
        address: str | None = orjson.loads(
            given.removeprefix("const BACKGROUND = ").removesuffix(";")
        )
        return address

    address = background()
    assert address is not None, "script/setup joins the scripts"
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert not re.search(r"^(import|export)\b", answer.text, re.MULTILINE), "no module"
    monkeypatch.setattr(field, "joined_pages", frozenset)
    assert background() is None


def test_every_kept_file_is_there_and_told_apart_by_what_it_holds(calm_town: Town) -> None:
    client = calm_town.app.test_client()
    kept = _kept(calm_town)
    assert len({file["url"] for file in kept}) == len(kept) == len(page_files())
    for file in kept:
        with client.get(file["url"]) as answer:
            assert answer.status_code == 200, file
        assert re.fullmatch(r"[0-9a-f]{16}", file["revision"])


def test_the_app_can_be_installed_by_whoever_has_its_address(calm_town: Town) -> None:
    client = calm_town.app.test_client()
    manifest = client.get("/field.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    made = manifest.get_json()
    assert (made["start_url"], made["scope"], made["display"]) == ("/field", "/field", "standalone")
    for icon in made["icons"]:
        with client.get(icon["src"]) as answer:
            assert answer.mimetype == "image/png"
