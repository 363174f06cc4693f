"""Road files: what real ones hold."""

import bz2
import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import numpy as np
import osmnx
import pytest

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.street_names import street_points
from gis_dispatch.roads.build import Signs, Way, roads_from_ways
from gis_dispatch.roads.sources import read_network, read_stations
from tests.roads.conftest import TOWN
from tests.roads.files import as_pbf, feature, geojson

HERE = {1: (0.0, 0.0), 2: (0.001, 0.0), 3: (0.002, 0.0), 4: (0.002, 0.001), 5: (0.001, 0.001)}


def network_from_ways(ways: Iterable[Way]) -> Network:
    """The network of ways on which nothing stands."""
    return roads_from_ways(ways, Signs()).network


def ways(*given: tuple[list[int], dict[str, str]], missing: set[int] | None = None) -> Network:
    lost = missing or set()
    return network_from_ways(
        Way(
            number,
            {"highway": "residential", **tags},
            refs,
            [None if ref in lost else HERE[ref] for ref in refs],
        )
        for number, (refs, tags) in enumerate(given, start=1)
    )


def edges(network: Network) -> set[tuple[tuple[float, float], tuple[float, float], int]]:
    return {
        (tuple(line[0].tolist()), tuple(line[-1].tolist()), len(line)) for line in network.lines
    }


def test_ways_are_cut_where_they_meet() -> None:
    network = ways(([1, 2, 3], {"oneway": "yes"}), ([2, 5], {"oneway": "yes"}))
    assert edges(network) == {
        (HERE[1], HERE[2], 2), (HERE[2], HERE[3], 2), (HERE[2], HERE[5], 2),
    }  # fmt: skip


def test_a_reversed_one_way_runs_against_its_drawing() -> None:
    assert edges(ways(([1, 2, 3], {"oneway": "-1"}))) == {(HERE[3], HERE[1], 3)}


def test_a_roundabout_runs_one_way_from_road_to_road() -> None:
    network = ways(([2, 3, 4, 5, 2], {"junction": "roundabout"}), ([1, 2], {}))
    assert (HERE[2], HERE[2], 5) in edges(network)
    assert len(edges(network)) == 3


def test_a_road_that_crosses_itself_is_cut_there() -> None:
    network = ways(([1, 2, 3, 4, 2, 5], {"oneway": "yes"}))
    assert edges(network) == {
        (HERE[1], HERE[2], 2), (HERE[2], HERE[2], 4), (HERE[2], HERE[5], 2),
    }  # fmt: skip


def test_parallel_roads_stay_two() -> None:
    network = ways(([1, 2, 3], {"oneway": "yes"}), ([1, 5, 3], {"oneway": "yes"}))
    assert network.edge_count == 2
    assert network.junction_count == 2


def test_a_missing_node_ends_the_road_there() -> None:
    network = ways(([1, 2, 3, 4, 5], {"oneway": "yes"}), missing={3})
    assert edges(network) == {(HERE[1], HERE[2], 2), (HERE[4], HERE[5], 2)}


def test_a_missing_node_is_counted() -> None:
    points = [HERE[1], HERE[2], None, HERE[4]]
    found = roads_from_ways([Way(1, {"highway": "primary"}, [1, 2, 3, 4], points)], Signs())
    assert found.findings.skipped == {"missing_node": 1}


def test_a_reversed_one_way_has_the_limit_of_its_direction() -> None:
    signed = {"oneway": "-1", "maxspeed:forward": "30", "maxspeed:backward": "40 mph"}
    network = ways(([1, 2], signed))
    assert [rules["maxspeed_kph"] for rules in network.restrictions] == [64.37]
    assert network.speed_kph.tolist() == [64.37]


def test_a_ferry_is_no_road_even_between_roads() -> None:
    network = ways(([1, 2], {}), ([2, 3], {"route": "ferry"}), ([3, 4], {}))
    assert (HERE[2], HERE[3], 2) not in edges(network)
    assert network.edge_count == 4


def test_a_road_that_is_drawn_as_two_stays_two() -> None:
    network = ways(
        ([1, 2, 3], {"oneway": "yes", "name": "Jalan A"}),
        ([4, 5], {"oneway": "yes", "name": "Jalan A"}),
        ([2, 5], {"highway": "primary_link"}),
    )
    assert edges(network) == {
        (HERE[1], HERE[2], 2), (HERE[2], HERE[3], 2), (HERE[4], HERE[5], 2),
        (HERE[2], HERE[5], 2), (HERE[5], HERE[2], 2),
    }  # fmt: skip
    assert Counter(network.road_class) == {"residential": 3, "primary_link": 2}


def test_a_ring_alone_is_a_road_from_its_beginning_to_itself() -> None:
    assert edges(ways(([1, 2, 5, 1], {}))) == {(HERE[1], HERE[1], 4)}


def test_a_way_without_any_length_joins_its_ends() -> None:
    network = network_from_ways(
        [
            Way(1, {"highway": "primary"}, [1, 2], [(0, 0), (0.001, 0)]),
            Way(2, {"highway": "primary"}, [2, 9], [(0.001, 0), (0.001, 0)]),
            Way(3, {"highway": "primary"}, [9, 3], [(0.001, 0), (0.002, 0)]),
        ]
    )
    assert network.junction_count == 3
    assert network.edge_count == 4


def test_the_same_node_twice_running_is_no_road() -> None:
    assert edges(ways(([1, 1, 2, 2], {"oneway": "yes"}))) == {(HERE[1], HERE[2], 2)}
    assert ways(([1, 1], {})).edge_count == 0


def test_lengths_are_those_of_the_ellipsoid() -> None:
    network = ways(([1, 2, 3, 4], {"oneway": "yes"}))
    # 0.002° along the equator and 0.001° along a meridian
    assert network.length_m.tolist() == pytest.approx([222.639 + 110.574], abs=0.01)


def test_one_file_in_every_packing_is_one_network(town_file: Path, tmp_path: Path) -> None:
    plain = read_network(town_file)
    (tmp_path / "a.osm.gz").write_bytes(gzip.compress(TOWN.encode()))
    (tmp_path / "b.osm.bz2").write_bytes(bz2.compress(TOWN.encode()))
    as_pbf(town_file, tmp_path / "c.osm.pbf")
    for name in ("a.osm.gz", "b.osm.bz2", "c.osm.pbf"):
        other = read_network(tmp_path / name)
        assert edges(other) == edges(plain)
        assert Counter(other.name) == Counter(plain.name)


def test_osmnx_graphml_is_the_same_network(town_file: Path, town_graphml: Path) -> None:
    assert edges(read_network(town_graphml)) == edges(read_network(town_file))


def test_merged_ways_in_graphml_take_the_lower_limit(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph(crs="epsg:4326", simplified=True)
    graph.add_node(1, x=108.98, y=0.9)
    graph.add_node(2, x=108.99, y=0.9)
    graph.add_edge(
        1, 2, osmid=[7, 8], highway=["primary", "secondary"], name=["Jalan A", "Jalan B"],
        maxspeed=["60", "40 mph", "50"], length=1113.0, oneway=True, reversed=False,
    )  # fmt: skip
    osmnx.save_graphml(graph, tmp_path / "g.graphml")
    network = read_network(tmp_path / "g.graphml")
    assert network.restrictions[0]["maxspeed_kph"] == 50
    assert (network.name[0], network.road_class[0], network.way_id[0]) == ("Jalan A", "primary", 7)


def test_geojson_roads_meet_where_their_vertices_agree(tmp_path: Path) -> None:
    a, b, c = [11.95, 57.69], [11.96, 57.69], [11.96, 57.70]
    network = read_network(
        geojson(
            tmp_path / "ways.geojson",
            feature([a, b], name="Storgatan", oneway="yes"),
            feature([[11.96, 57.69000000001], c], maxspeed="50"),
            feature([[a, b, c, a]], "Polygon", area="yes"),
            feature([[a, c, b, a]], "Polygon", junction="roundabout"),
            {"type": "Feature", "properties": {"building": "yes"}, "geometry": None},
        )
    )
    assert network.junction_count == 3
    assert network.edge_count == 1 + 2 + 3
    assert set(network.way_id.tolist()) == {77}


def test_stations_of_a_file(town_file: Path) -> None:
    (station,) = read_stations(town_file)
    assert (station.osm_id, station.name, station.kind) == (
        "node/20", "Pos Damkar Tengah", "fire_station",
    )  # fmt: skip
    assert (station.lon, station.lat) == pytest.approx((108.9805, 0.9015))


def test_a_street_has_one_point_for_each_connected_part() -> None:
    network = ways(
        ([1, 2], {"name": "Jalan A"}),
        ([2, 3], {"name": "Jalan A"}),
        ([4, 5], {"name": "Jalan A"}),
        ([3, 4], {}),
    )
    points = list(street_points(network))
    assert [point.name for point in points] == ["Jalan A", "Jalan A"]
    assert {round(point.lat, 4) for point in points} == {0.0, 0.001}


@pytest.mark.parametrize(
    ("file", "junctions", "edge_count", "stations"),
    [
        ("liechtenstein/liechtenstein-2013-08-03.osm.pbf", 3662, 8911, 8),
        ("neubrandenburg/neubrandenburg.osm.bz2", 9517, 23454, 13),
        ("balikpapan/balikpapan_kota_drive.graphml", 1207, 2683, None),
    ],
)
def test_real_files(
    data_folder: Path, file: str, junctions: int, edge_count: int, stations: int | None
) -> None:
    network = read_network(data_folder / file)
    assert (network.junction_count, network.edge_count) == (junctions, edge_count)
    assert (network.length_m >= 0).all()
    ends = np.array([line[-1] for line in network.lines])
    assert np.array_equal(ends[:, 0], network.junction_lon[network.to_junction])
    if stations is not None:
        assert len(read_stations(data_folder / file)) == stations
