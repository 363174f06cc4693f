"""`gis-dispatch roads`: what it answers to people and to programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gis_dispatch.cli import main
from tests.roads.conftest import TOWN
from tests.roads.files import signed_town

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    home = {"DATABASE_URL": database_url, "GIS_DISPATCH_HOME": str(tmp_path / "home")}
    runner = CliRunner(env=home)
    return lambda *words: runner.invoke(main, ["roads", *words])


def file(folder: Path, name: str, text: str = TOWN) -> str:
    path = folder / f"{name}.osm"
    path.write_text(text)
    return str(path)


def test_an_import_says_what_it_found(run: Run, tmp_path: Path) -> None:
    done = run("import", file(tmp_path, "signed", signed_town(TOWN)), "--name", "Kota Kecil")
    assert done.exit_code == 0, done.output
    said = done.stdout.splitlines()
    assert said[0] == "Kota Kecil"
    assert said[3] == "6 banned turns, from 2 turn restrictions and 1 barriers"
    assert [line.partition(": ")[0] for line in said[4:]] == ["left out"] * 3 + [
        "not in this source"
    ]
    assert "buildings" in said[-1]


def test_programs_are_told_the_same_and_old_networks_are_removed(run: Run, tmp_path: Path) -> None:
    first = json.loads(run("import", file(tmp_path, "first"), "--json").stdout)
    assert first["imported"]["turn_bans"] == 0
    second = json.loads(run("import", file(tmp_path, "second", signed_town(TOWN)), "--json").stdout)
    assert second["imported"]["barriers"] == 1
    assert second["imported"]["skipped"] == {
        "restriction_conditional": 1, "restriction_off_road": 1, "missing_node": 1,
    }  # fmt: skip
    assert first["earlier"] == {"networks": 0, "bytes": 0}
    assert second["earlier"]["networks"] == 1
    assert second["earlier"]["bytes"] > 0
    assert "1 earlier network is kept, about 0 MB\n" in run("status").stdout
    assert run("prune").stdout == f"removed {first['version']}\n"
    nothing = {"removed": [], "earlier": {"networks": 0, "bytes": 0}}
    assert json.loads(run("prune", "--json").stdout) == nothing
    assert "earlier" not in run("status").stdout
    assert json.loads(run("status", "--json").stdout)["version"] == second["version"]
