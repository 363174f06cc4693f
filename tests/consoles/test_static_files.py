"""Files of the pages: answered whole, asked for again as they should be, and nothing else."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from gis_dispatch.consoles.joined import joined_pages, pages_joined
from gis_dispatch.consoles.security import HEADERS
from tests.consoles.town import Town

OURS = "/static/css/tokens.css"
THEIRS = "/vendor/leaflet/dist/leaflet.js"
JOINED = "/joined/operator/operator/main.js"


@pytest.mark.parametrize(
    ("address", "kind", "kept"),
    [
        (OURS, "text/css", "no-cache"),
        (THEIRS, "text/javascript", "public, max-age=86400"),
        (JOINED, "text/javascript", "no-cache"),
    ],
)
def test_a_file_comes_once_and_is_asked_for_again(
    calm_town: Town, address: str, kind: str, kept: str
) -> None:
    client = calm_town.app.test_client()
    with client.get(address) as answer:
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert int(answer.headers["Content-Length"]) == len(answer.data) > 0
        assert answer.headers["Cache-Control"] == kept
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        tag = answer.headers["ETag"]
    with client.get(address, headers={"If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "address",
    [
        "/static/css/../../../pyproject.toml",
        "/static/css/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
        "/static/css/no-such-file.css",
        "/static/css/",
        "/vendor/leaflet/package.json",
        "/vendor/eslint/package.json",
        "/joined/made_from.json",
    ],
)
def test_nothing_else_is_there(calm_town: Town, address: str) -> None:
    with calm_town.app.test_client().get(address) as answer:
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"


def test_a_file_is_only_read(calm_town: Town) -> None:
    with calm_town.app.test_client().post(OURS) as answer:
        assert answer.status_code == 405


def test_what_was_joined_counts_while_no_script_has_changed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    static, joined = tmp_path / "static", tmp_path / "joined"
    (static / "wall").mkdir(parents=True)
    (joined / "wall").mkdir(parents=True)
    script = static / "wall" / "main.js"
    script.write_text("start();\n")
    assert pages_joined(static, joined) == frozenset(), "it broke off: nothing says what it is of"
    assert not caplog.records

    made_from = joined / "made_from.json"
    made_from.write_text(json.dumps({"wall/main.js": sha256(script.read_bytes()).hexdigest()}))
    assert pages_joined(static, joined) == {"wall"}

    script.write_text("start(again);\n")
    assert pages_joined(static, joined) == frozenset()
    assert "one by one" in caplog.text


def test_the_scripts_of_this_checkout_are_joined() -> None:
    assert {"operator", "dispatcher", "field", "wall", "shared"} <= joined_pages()
