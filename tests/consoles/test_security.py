"""What every answer tells the browser it may do."""

import re

import pytest

from tests.consoles.town import Town

HTML = {"Accept": "text/html"}
EVERYWHERE = [
    "/sign-in",
    "/healthz",
    "/api/v1/reference",
    "/static/css/tokens.css",
    "/no-such-page",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_only_our_own_scripts_and_styles_run(calm_town: Town, path: str) -> None:
    with calm_town.app.test_client().get(path, headers=HTML) as answer:
        headers = answer.headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["script-src"] == "'self'" and policy["style-src"] == "'self'"
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'" and policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page"])
def test_our_pages_keep_to_their_own_policy(calm_town: Town, path: str) -> None:
    page = calm_town.app.test_client().get(path, headers=HTML).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r"\sstyle=|<style", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("path", ["/api/v1/reference", "/sign-in"])
def test_what_people_see_is_not_kept_by_the_browser(calm_town: Town, path: str) -> None:
    answer = calm_town.app.test_client().get(path, headers=HTML)
    assert answer.headers["Cache-Control"] == "no-store"


def test_third_party_parts_come_only_from_the_list(calm_town: Town) -> None:
    client = calm_town.app.test_client()
    with client.get("/vendor/leaflet/dist/leaflet.js") as script:
        assert script.status_code == 200 and "max-age=86400" in script.headers["Cache-Control"]
    for path in ("leaflet/package.json", "leaflet/../geojson-path-finder/package.json", "x/y.js"):
        assert client.get(f"/vendor/{path}").status_code == 404
