"""`gis-dispatch reach` and `times`: what they answer to people and to programs."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gis_dispatch.cli import main
from tests.roads.conftest import TOWN

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Run:
    home = {"DATABASE_URL": database_url, "GIS_DISPATCH_HOME": str(tmp_path / "home")}
    runner = CliRunner(env=home)
    town = tmp_path / "town.osm"
    town.write_text(TOWN)
    assert runner.invoke(main, ["roads", "import", str(town)]).exit_code == 0
    return lambda *words: runner.invoke(main, words)


def test_reach_is_a_table_for_people_and_geojson_for_programs(run: Run) -> None:
    asked = "reach", "108.9805", "0.9", "--minutes", "0.5,1,60", "--turnout", "20"
    refused = run(*asked)
    assert refused.exit_code == 1
    assert "give one to six times" in refused.output
    asked = "reach", "108.9805", "0.9", "--minutes", "1,60", "--turnout", "58"
    lines = run(*asked).output.splitlines()
    assert lines[0].split() == ["MINUTES", "KM_OF_ROAD"]
    assert [line.split()[0] for line in lines[1:]] == ["1", "60"]
    found = json.loads(run(*asked, "--json").output)
    assert [feature["properties"]["limit_s"] for feature in found["features"]] == [3600.0, 60.0]
    all_of_it, two_seconds = (one["properties"]["road_length_m"] for one in found["features"])
    assert 0 < two_seconds < 80 < all_of_it
    west = run("reach", "-8.6", "41.1")
    assert "No road that this vehicle may use is near -8.6, 41.1." in west.output


def test_times_go_from_every_origin_to_every_destination(run: Run, tmp_path: Path) -> None:
    here, there = tmp_path / "here.csv", tmp_path / "there.csv"
    here.write_text("nama,bujur,lintang\nPos Barat,108.98,0.9\n")
    there.write_text("lon;lat;name\n108.984;0.902;Pasar\n0;0;Laut\n108.98;0.9;\n")
    lines = run("times", str(here), str(there)).output.splitlines()
    assert lines[0] == "origin,destination,driving_time_s"
    assert lines[2:] == ["Pos Barat,Laut,", "Pos Barat,line 4,0.0"]
    assert float(lines[1].removeprefix("Pos Barat,Pasar,")) > 10
    found = json.loads(run("times", str(here), str(there), "--json").output)
    assert found["origins"] == ["Pos Barat"]
    assert found["destinations"] == ["Pasar", "Laut", "line 4"]
    assert found["times_s"][0][1:] == [None, 0.0]


def test_a_row_that_cannot_be_read_is_named(run: Run, tmp_path: Path) -> None:
    here = tmp_path / "here.csv"
    here.write_text("lon,lat\n108.98,0.9\n108.98,north\n")
    done = run("times", str(here), str(here))
    assert done.exit_code == 1
    assert 'here.csv, line 3, lat: "north" is not a number.' in done.output
