"""An import exchanges the network whole, or leaves everything as it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gis_dispatch.domain.roads import Start, Trip
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.roads.graph_roads import GraphRoads
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.refusals import RoadFileBroken
from gis_dispatch.roads.sources import FileSource, read_network
from tests.roads.installing import Installation, installed


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with installed(database_url, tmp_path / "home") as opened:
        yield opened


def test_without_roads_every_question_is_refused(installation: Installation) -> None:
    with pytest.raises(RoadsNotLoaded):
        installation.roads.status()


def test_a_file_becomes_tables_a_graph_and_names(
    installation: Installation, town_file: Path, tmp_path: Path
) -> None:
    told: list[tuple[float, str]] = []
    survey = installation.take_in(
        FileSource(town_file, "Kota Kecil"), lambda *step: told.append(step)
    )
    status = installation.roads.status()
    assert (status.place, status.source, status.sample) == ("Kota Kecil", "town.osm", False)
    assert status.junction_count == installation.count("road_junctions") == 6
    # 2 + 2 two-way stretches, one one-way, one alley, one avenue
    assert status.edge_count == installation.count("road_edges") == 13
    assert [station.name for station in survey.stations] == ["Pos Damkar Tengah"]
    names = {row["name"] for row in _names(installation)}
    assert names >= {"Jalan Diponegoro", "Jalan Alianyang", "Gang Melati", "Masjid Raya"}
    assert [share for share, _ in told] == sorted(share for share, _ in told)
    assert told[-1][0] == 1.0
    assert (tmp_path / "home" / "roads").is_dir()


def test_the_same_roads_under_another_name_are_called_so_by_every_worker(
    installation: Installation, town_file: Path, tmp_path: Path
) -> None:
    another = open_roads(tmp_path / "home", installation.networks)
    installation.take_in(FileSource(town_file, "Contoh", sample=True))
    assert (another.status().place, another.status().sample) == ("Contoh", True)
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    another.refresh()
    assert (another.status().place, another.status().sample) == ("Kota Kecil", False)


def _names(installation: Installation) -> list[Any]:
    with installation.store.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, kind FROM places")
        return [row._mapping for row in rows]


def test_what_was_written_is_read_back_exactly(installation: Installation, town_file: Path) -> None:
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    before = read_network(town_file)
    version = installation.networks.current_version()
    assert version is not None
    header, after = installation.networks.read(version)
    assert header.place == "Kota Kecil"
    for column in ("junction_lon", "from_junction", "to_junction", "way_id", "length_m"):
        assert np.array_equal(getattr(before, column), getattr(after, column)), column
    assert list(before.name) == list(after.name)
    assert list(before.restrictions) == list(after.restrictions)
    for line, again in zip(before.lines, after.lines, strict=True):
        assert np.array_equal(line, again)


def test_a_lost_compiled_graph_is_made_again_from_the_tables(
    installation: Installation, town_file: Path, tmp_path: Path
) -> None:
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    start = Start(1, 108.9801, 0.9, "car")
    first = installation.roads.trip_between(start, 108.9839, 0.902, [])
    elsewhere = open_roads(tmp_path / "other", installation.networks)
    assert elsewhere.trip_between(start, 108.9839, 0.902, []) == first
    assert isinstance(first, Trip)


def test_a_broken_file_leaves_the_network_as_it_was(
    installation: Installation, town_file: Path, tmp_path: Path
) -> None:
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    version = installation.roads.status().version
    broken = tmp_path / "broken.osm"
    broken.write_text(town_file.read_text()[:900])
    with pytest.raises(RoadFileBroken, match=r"line \d+"):
        installation.take_in(FileSource(broken, "Kota Rusak"))
    assert installation.networks.current_version() == version
    assert installation.count("road_edges") == 13


def test_a_failure_while_writing_undoes_all_of_it(
    installation: Installation, town_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    version = installation.roads.status().version

    def fail(*_: object) -> Any:
        raise OSError("the disk is full")

    monkeypatch.setattr("gis_dispatch.store.network_rows._place_rows", fail)
    other = town_file.with_name("other.osm")
    other.write_text(town_file.read_text().replace("Jalan Sudirman", "Jalan Baru"))
    with pytest.raises(OSError, match="disk is full"):
        installation.take_in(FileSource(other, "Kota Lain"))
    assert installation.networks.current_version() == version
    assert installation.count("road_edges") == 13
    assert installation.count("places") == len(_names(installation)) > 0
    assert installation.count("events WHERE kind = 'roads.imported'") == 1


def test_a_newer_network_replaces_the_old_and_is_recorded(
    installation: Installation, town_file: Path
) -> None:
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    other = town_file.with_name("other.osm")
    other.write_text(town_file.read_text().replace("Jalan Sudirman", "Jalan Baru"))
    installation.take_in(FileSource(other, "Kota Besar", sample=True))
    assert installation.roads.status().place == "Kota Besar"
    assert installation.roads.status().sample
    assert installation.count("road_networks WHERE current") == 1
    names = {row["name"] for row in _names(installation)}
    assert "Jalan Baru" in names
    assert "Jalan Sudirman" not in names
    assert installation.count("events WHERE kind = 'roads.imported'") == 2


def test_the_same_file_may_be_imported_again(installation: Installation, town_file: Path) -> None:
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    assert installation.count("road_networks") == 1


def test_another_process_sees_the_new_network_by_itself(
    installation: Installation, town_file: Path, tmp_path: Path
) -> None:
    clock = [0.0]
    waiting = GraphRoads(
        tmp_path / "home", installation.networks, installation.roads._book,
        now_s=lambda: clock[0],
    )  # fmt: skip
    with pytest.raises(RoadsNotLoaded):
        waiting.status()
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    clock[0] = 6.0
    assert waiting.status().place == "Kota Kecil"
