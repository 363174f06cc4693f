"""Barriers on roads, as the turns they ban."""

from pathlib import Path
from typing import Any

import pytest

from gis_dispatch.domain.road_findings import FoundRoads
from gis_dispatch.roads.barriers import barrier_rule
from gis_dispatch.roads.build import Signs, Way, roads_from_ways
from gis_dispatch.roads.sources import read_roads
from tests.roads.files import feature, geojson

HERE = {1: (0.0, 0.0), 2: (0.001, 0.0), 3: (0.002, 0.0), 4: (0.001, 0.001), 5: (0.001, 0.0)}
BOLLARD = {"barrier": "bollard"}


def roads(barriers: dict[int, dict[str, Any]], *ways: list[int], oneway: str = "no") -> FoundRoads:
    return roads_from_ways(
        (
            Way(
                number,
                {"highway": "residential", "oneway": oneway},
                refs,
                [HERE[ref] for ref in refs],
            )
            for number, refs in enumerate(ways, start=1)
        ),
        Signs(barriers={**barriers}),
    )


def ways_through(found: FoundRoads) -> set[tuple[Any, ...]]:
    network = found.network
    return {
        (
            *network.lines[ban.edges[0]][0].tolist(),
            *network.lines[ban.edges[1]][-1].tolist(),
        )
        for ban in network.turn_bans
    }


def test_a_road_is_cut_at_a_bollard_and_barred_both_ways_but_not_back() -> None:
    found = roads({2: BOLLARD}, [1, 2, 3])
    assert found.network.junction_count == 3
    assert found.network.edge_count == 4
    assert ways_through(found) == {(*HERE[1], *HERE[3]), (*HERE[3], *HERE[1])}
    assert [ban.rule for ban in found.network.turn_bans] == [BOLLARD] * 2
    assert found.findings.barriers == 1


def test_a_one_way_is_barred_in_its_direction() -> None:
    found = roads({2: BOLLARD}, [1, 2, 3], oneway="-1")
    assert ways_through(found) == {(*HERE[3], *HERE[1])}


def test_at_a_junction_every_way_through_is_barred() -> None:
    found = roads({2: BOLLARD}, [1, 2, 3], [2, 4])
    ends = [HERE[1], HERE[3], HERE[4]]
    assert ways_through(found) == {(*a, *b) for a in ends for b in ends if a != b}


@pytest.mark.parametrize("node", [3, 4, 99])
def test_what_bars_no_way_is_not_counted(node: int) -> None:
    found = roads({node: BOLLARD}, [1, 2, 3])
    assert found.network.turn_bans == []
    assert found.findings.barriers == 0
    assert found.network.junction_count == 2


def test_a_barrier_where_two_nodes_lie_on_one_spot_bars_it() -> None:
    found = roads({5: BOLLARD}, [1, 2], [2, 5], [5, 3])
    assert ways_through(found) == {(*HERE[1], *HERE[3]), (*HERE[3], *HERE[1])}


@pytest.mark.parametrize(
    ("tags", "rule"),
    [
        ({"barrier": "block"}, {"barrier": "block"}),
        (
            {"barrier": "gate", "access": "private", "emergency": "yes", "name": "Pintu"},
            {"barrier": "gate", "access": "private", "emergency": "yes"},
        ),
        ({"barrier": "bollard", "maxwidth": "2,1 m"}, {"barrier": "bollard", "width_m": 2.1}),
        (
            {"barrier": "height_restrictor", "maxheight": "2.2", "maxweight": "3.5"},
            {"barrier": "height_restrictor", "maxheight_m": 2.2, "maxweight_t": 3.5},
        ),
        (
            {"barrier": "lift_gate", "motor_vehicle": "no", "motorcycle": "yes"},
            {"barrier": "lift_gate", "motor_vehicle": "no", "motorcycle": "yes"},
        ),
        ({"barrier": "entrance"}, None),
        ({"barrier": "toll_booth"}, None),
        ({"barrier": "border_control"}, None),
        ({"barrier": "cattle_grid"}, None),
        ({"barrier": "kerb"}, None),
        ({"barrier": "no"}, None),
        ({"highway": "crossing"}, None),
    ],
)
def test_what_a_profile_is_told_of_a_barrier(
    tags: dict[str, str], rule: dict[str, Any] | None
) -> None:
    assert barrier_rule(tags) == rule


def test_geojson_may_bring_its_barriers(tmp_path: Path) -> None:
    a, b, c = [11.95, 57.69], [11.96, 57.69], [11.96, 57.70]
    post = {
        "type": "Feature",
        "properties": {"barrier": "bollard"},
        "geometry": {"type": "Point", "coordinates": b},
    }
    found = read_roads(geojson(tmp_path / "ways.geojson", feature([a, b, c]), post))
    assert len(found.network.turn_bans) == 2
    assert found.findings.lacks == ("turn_restrictions",)
    found = read_roads(geojson(tmp_path / "ways.geojson", feature([a, b, c])))
    assert found.findings.lacks == ("turn_restrictions", "barriers")


@pytest.mark.parametrize(
    ("file", "barriers"),
    [
        ("liechtenstein/liechtenstein-2013-08-03.osm.pbf", 20),
        ("neubrandenburg/neubrandenburg.osm.bz2", 166),
    ],
)
def test_barriers_of_real_files(data_folder: Path, file: str, barriers: int) -> None:
    assert read_roads(data_folder / file).findings.barriers == barriers
