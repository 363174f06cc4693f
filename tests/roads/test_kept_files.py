"""Compiled networks on disk: several processes make, use and remove them at the same time."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gis_dispatch.roads import files
from gis_dispatch.roads.graph import graph_folder, load_graph, remove_other_graphs
from gis_dispatch.roads.graph_roads import GraphRoads
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.sources import read_network
from tests.roads.small_town import EAST, WEST, Kept, start, trip
from tests.roads.towns import HEADER


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(home: Path, roads: GraphRoads) -> Path:
    """Where the town's compiled graph lies."""
    roads.refresh()
    return graph_folder(home, HEADER.version)


def drives(town_file: Path, home: Path) -> bool:
    """Whether a process that starts now finds the way."""
    opened = open_roads(home, Kept(read_network(town_file)))
    return trip(opened.trip_between(start(1, WEST), *EAST, ())).length_m > 0


def hours_old(folder: Path, hours: float) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    then = time.time() - hours * 3600
    os.utime(folder, (then, then))
    return folder


def test_what_another_process_is_writing_or_has_prepared_stays(home: Path) -> None:
    roads = home / "roads"
    writing = hours_old(roads / ".writing-abc", 5)
    prepared = hours_old(roads / "prepared.2", 0.9)
    old = hours_old(roads / "old.2", 1.1)
    abandoned = hours_old(roads / ".removing-xyz", 25)
    current = hours_old(graph_folder(home, "current"), 900)
    remove_other_graphs(home, keep="current")
    assert [one.is_dir() for one in (writing, prepared, current)] == [True] * 3
    assert [one.exists() for one in (old, abandoned)] == [False] * 2


def test_a_graph_in_use_is_not_an_old_one(folder: Path, home: Path, town_file: Path) -> None:
    hours_old(folder, 900)
    assert drives(town_file, home)
    remove_other_graphs(home, keep="another")
    assert folder.is_dir()
    # Prepared for an import that has still to become current.
    hours_old(folder, 900)
    roads = open_roads(home, Kept(None))
    roads.prepare(HEADER, read_network(town_file))
    remove_other_graphs(home, keep="another")
    assert folder.is_dir()


def _without_facts(folder: Path) -> None:
    (folder / "facts.json").unlink()


def _cut_short(folder: Path) -> None:
    (folder / "facts.json").write_text('{"header": ')


def _emptied(folder: Path) -> None:
    (folder / "point_lon.npy").write_bytes(b"")


def _lacking(folder: Path) -> None:
    (folder / "point_lon.npy").unlink()


def _half_an_array(folder: Path) -> None:
    file = folder / "point_lon.npy"
    file.write_bytes(file.read_bytes()[:-8])


@pytest.mark.parametrize("hurt", [_without_facts, _cut_short, _emptied, _lacking, _half_an_array])
def test_a_folder_in_pieces_is_made_again(
    folder: Path, home: Path, town_file: Path, hurt: Callable[[Path], None]
) -> None:
    hurt(folder)
    assert load_graph(folder) is None
    assert drives(town_file, home)
    assert load_graph(folder) is not None
    assert not list(folder.parent.glob(".*"))


def test_weights_in_pieces_are_made_again(folder: Path, home: Path, town_file: Path) -> None:
    kept = sorted(folder.glob("car-*/*.npy"))
    assert kept
    kept[0].unlink()
    kept[-1].write_bytes(b"")
    assert drives(town_file, home)
    assert sorted(folder.glob("car-*/*.npy")) == kept


def test_a_file_that_vanishes_while_it_is_read_is_made_again(
    folder: Path, home: Path, town_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, left = np.load, [4]

    def load(file: Path, **how: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:  # another process removes the folder at this moment
            files.remove_folder(folder)
        return read(file, **how)

    monkeypatch.setattr(np, "load", load)
    assert drives(town_file, home)
    assert load_graph(folder) is not None


def test_a_network_is_driven_on_although_its_folder_is_gone(
    folder: Path, roads: GraphRoads, home: Path
) -> None:
    shutil.rmtree(folder)
    (home / "profiles").mkdir(exist_ok=True)
    (home / "profiles" / "car.toml").write_text("width_m = 1.5\n")
    assert roads.profile_facts()["car"]["width_m"] == 1.5
    assert trip(roads.trip_between(start(1, WEST), *EAST, ())).length_m > 0
    # Weights without their graph would stand in the way of the whole.
    assert not folder.exists()


def test_whoever_is_first_wins(tmp_path: Path) -> None:
    def write(new: Path) -> None:
        (new / "said").write_text("second")
        (tmp_path / "shared").mkdir()
        (tmp_path / "shared" / "said").write_text("first")

    assert files.kept(tmp_path / "shared", lambda at: (at / "said").read_text(), write) == "first"
    assert [one.name for one in tmp_path.iterdir()] == ["shared"]


def test_earlier_weights_stay_for_an_hour(folder: Path, home: Path, town_file: Path) -> None:
    earlier, old = folder / f"car-{'0' * 16}", hours_old(folder / f"car-{'1' * 16}", 2)
    of_another = hours_old(folder / f"car-big-{'1' * 16}", 2)
    earlier.mkdir()
    assert drives(town_file, home)
    assert earlier.is_dir()
    assert not old.exists()
    assert of_another.is_dir()
