"""The command by which an administrator lists, checks and copies vehicle profiles."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gis_dispatch.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    runner = CliRunner(env={"GIS_DISPATCH_HOME": str(tmp_path)})
    return lambda *words: runner.invoke(main, ["profiles", *words])


def test_a_copy_is_changed_checked_and_listed(run: Run, tmp_path: Path) -> None:
    done = run("copy", "engine")
    path = tmp_path / "profiles" / "engine.toml"
    assert done.exit_code == 0, done.output
    assert str(path) in done.output
    path.write_text(path.read_text().replace("allowed = false", "allowed = true"))
    assert run("check").output == "engine.toml: nothing is wrong.\n"
    rows = {row["name"]: row for row in json.loads(run("list", "--json").output)["items"]}
    assert rows["engine"]["source"] == "own"
    assert rows["engine"]["one_ways_against"] is True
    assert rows["car"]["source"] == "shipped"
    again = run("copy", "engine")
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_a_wrong_file_ends_the_check_with_1(run: Run, tmp_path: Path) -> None:
    assert run("check").exit_code == 0
    (tmp_path / "profiles").mkdir(exist_ok=True)
    (tmp_path / "profiles" / "car.toml").write_text("width_m = 20\n")
    (tmp_path / "profiles" / "engine.toml").write_text("width_m = 2.5\n")
    done = run("check")
    assert done.exit_code == 1
    assert "car.toml, width_m: 20 is not a number from 0.1 to 6." in done.output
    assert "engine.toml: nothing is wrong." in done.output
    listed = run("list")
    assert listed.exit_code == 0
    assert "car.toml, width_m: 20" in listed.output
