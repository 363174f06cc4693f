"""Road files: what real ones hold, and how broken ones are refused."""

import bz2
import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import osmium
import osmnx
import pytest

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.street_names import street_points
from gis_dispatch.roads.build import Way, network_from_ways
from gis_dispatch.roads.refusals import (
    RoadFileBroken,
    RoadFileEmpty,
    RoadFileMissing,
    RoadFileUnknown,
)
from gis_dispatch.roads.sources import read_network, read_stations
from tests.roads.conftest import TOWN

HERE = {1: (0.0, 0.0), 2: (0.001, 0.0), 3: (0.002, 0.0), 4: (0.002, 0.001), 5: (0.001, 0.001)}


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
    _as_pbf(town_file, tmp_path / "c.osm.pbf")
    for name in ("a.osm.gz", "b.osm.bz2", "c.osm.pbf"):
        other = read_network(tmp_path / name)
        assert edges(other) == edges(plain)
        assert Counter(other.name) == Counter(plain.name)


def _as_pbf(source: Path, target: Path) -> None:
    with osmium.SimpleWriter(str(target)) as writer:
        for thing in osmium.FileProcessor(source):
            writer.add(thing)


@pytest.fixture
def town_graphml(town_file: Path, tmp_path: Path) -> Path:
    graph = osmnx.graph_from_xml(town_file, simplify=False, retain_all=True)
    path = tmp_path / "town.graphml"
    osmnx.save_graphml(osmnx.simplify_graph(graph, edge_attrs_differ=["osmid"]), path)
    return path


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


def feature(coordinates: Any, kind: str = "LineString", **tags: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": "way/77",
        "properties": {"highway": "primary", **tags},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(path: Path, *features: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    return path


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


def broken(path: Path) -> str:
    with pytest.raises(RoadFileBroken) as refused:
        read_network(path)
    assert "Nothing was imported" in str(refused.value)
    return str(refused.value)


def test_broken_xml_is_refused_with_its_line(tmp_path: Path) -> None:
    lines = TOWN.splitlines()
    lines[9] = '  <way id="100"><nd ref="1"></way>'
    path = tmp_path / "town.osm"
    path.write_text("\n".join(lines))
    assert "line 10" in broken(path)


def test_xml_that_is_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.osm"
    path.write_text("<html>\n<body>Not found</body></html>")
    assert "page.osm" in broken(path)


@pytest.mark.parametrize("ending", ["gz", "bz2"])
def test_a_packed_file_cut_short_is_refused_with_its_byte(tmp_path: Path, ending: str) -> None:
    pack = gzip.compress if ending == "gz" else bz2.compress
    packed = pack(TOWN.encode())
    path = tmp_path / f"town.osm.{ending}"
    path.write_bytes(packed[: len(packed) // 2])
    assert f"byte {len(packed) // 2}" in broken(path)


def test_a_broken_pbf_is_refused_with_its_byte(town_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "town.osm.pbf"
    _as_pbf(town_file, path)
    whole = path.read_bytes()
    # A blob begins with its header's length (4 bytes), then the word OSMData as a field (2 + 7).
    first, last = whole.index(b"OSMData") - 6, whole.rindex(b"OSMData") - 6
    path.write_bytes(whole[:-10])
    assert f"byte {last}:" in broken(path)
    damaged = bytearray(whole)
    damaged[first + 40] ^= 0xFF
    path.write_bytes(damaged)
    assert f"byte {first}:" in broken(path)
    path.write_bytes(b"this is not a road file at all")
    assert "byte 0" in broken(path)


def test_broken_json_is_refused_with_line_and_column(tmp_path: Path) -> None:
    path = geojson(tmp_path / "ways.geojson", feature([[11.9, 57.6], [11.8, 57.6]]))
    path.write_text(path.read_text().replace('"LineString"', '"LineString', 1))
    assert "line 11, column 25" in broken(path)


@pytest.mark.parametrize(
    ("coordinates", "told"),
    [([[11.9, 57.6], [11.9]], "point 1"), ([[57.6, 111.9], [57.6, 111.8]], "longitude")],
)
def test_geojson_with_wrong_positions_is_refused(
    tmp_path: Path, coordinates: Any, told: str
) -> None:
    said = broken(geojson(tmp_path / "ways.geojson", feature(coordinates)))
    assert "features[0]" in said
    assert told in said


@pytest.mark.parametrize(
    ("find", "put", "told"),
    [
        ("</edge>", "", "mismatched tag"),
        ('edgedefault="directed"', 'edgedefault="undirected"', "must be directed"),
        ("LINESTRING", "LINESTRANG", "geometry"),
        ('source="1"', 'source="99"', "99"),
    ],
)
def test_broken_graphml_is_refused_with_its_line(
    town_graphml: Path, find: str, put: str, told: str
) -> None:
    text = town_graphml.read_text()
    assert find in text
    town_graphml.write_text(text.replace(find, put, 1))
    said = broken(town_graphml)
    assert "line " in said
    assert told in said


def test_graphml_in_metres_is_refused(town_graphml: Path) -> None:
    text = town_graphml.read_text()
    town_graphml.write_text(text.replace(">108.98<", ">275123.4<", 1))
    assert "not in degrees" in broken(town_graphml)


def test_other_files_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RoadFileMissing):
        read_network(tmp_path / "nowhere.osm")
    (tmp_path / "roads.shp").write_bytes(b"")
    with pytest.raises(RoadFileUnknown):
        read_network(tmp_path / "roads.shp")
    (tmp_path / "empty.osm").write_text('<osm version="0.6"/>')
    with pytest.raises(RoadFileEmpty):
        read_network(tmp_path / "empty.osm")


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
        ("liechtenstein/liechtenstein-2013-08-03.osm.pbf", 3644, 8875, 8),
        ("neubrandenburg/neubrandenburg.osm.bz2", 9393, 23207, 13),
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
