"""A small town as an OSM file, and the folder of real data where there is one."""

import os
from pathlib import Path

import osmnx
import pytest

from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.sources import read_network

os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[2] / ".local" / "numba"))

from gis_dispatch.roads.graph_roads import GraphRoads
from tests.roads.small_town import Kept

TOWN = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="hand">
  <node id="1" lat="0.9000" lon="108.9800"/>
  <node id="2" lat="0.9000" lon="108.9820"/>
  <node id="3" lat="0.9000" lon="108.9840"/>
  <node id="4" lat="0.9020" lon="108.9800"/>
  <node id="5" lat="0.9020" lon="108.9820"/>
  <node id="6" lat="0.9020" lon="108.9840"/>
  <node id="7" lat="0.9010" lon="108.9840"/>
  <node id="20" lat="0.9015" lon="108.9805">
    <tag k="amenity" v="fire_station"/><tag k="name" v="Pos Damkar Tengah"/>
  </node>
  <node id="21" lat="0.9018" lon="108.9806">
    <tag k="amenity" v="place_of_worship"/><tag k="name" v="Masjid Raya"/>
  </node>
  <way id="100"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
    <tag k="highway" v="primary"/><tag k="name" v="Jalan Diponegoro"/>
    <tag k="maxspeed" v="60"/></way>
  <way id="101"><nd ref="4"/><nd ref="5"/><nd ref="6"/>
    <tag k="highway" v="residential"/><tag k="name" v="Jalan Alianyang"/></way>
  <way id="102"><nd ref="1"/><nd ref="4"/>
    <tag k="highway" v="residential"/><tag k="name" v="Gang Melati"/><tag k="oneway" v="-1"/></way>
  <way id="103"><nd ref="2"/><nd ref="5"/>
    <tag k="highway" v="path"/><tag k="name" v="Gang Kenanga"/></way>
  <way id="104"><nd ref="3"/><nd ref="7"/><nd ref="6"/>
    <tag k="highway" v="secondary"/><tag k="name" v="Jalan Sudirman"/></way>
  <way id="105"><nd ref="20"/><nd ref="21"/><tag k="route" v="ferry"/></way>
</osm>
"""


@pytest.fixture
def town_file(tmp_path: Path) -> Path:
    """Two streets, joined by a one-way, an alley and an avenue."""
    path = tmp_path / "town.osm"
    path.write_text(TOWN, encoding="utf-8")
    return path


def _data_folder() -> Path:
    beside = Path(__file__).parents[3] / "shared" / "data"
    return Path(os.environ.get("GIS_DISPATCH_TEST_DATA", beside))


@pytest.fixture
def data_folder() -> Path:
    """Real road files, for development; a test that wants them is skipped without them."""
    folder = _data_folder()
    if not folder.is_dir():
        pytest.skip("no real road files here (GIS_DISPATCH_TEST_DATA)")
    return folder


@pytest.fixture
def town_graphml(town_file: Path, tmp_path: Path) -> Path:
    graph = osmnx.graph_from_xml(town_file, simplify=False, retain_all=True)
    path = tmp_path / "town.graphml"
    osmnx.save_graphml(osmnx.simplify_graph(graph, edge_attrs_differ=["osmid"]), path)
    return path


@pytest.fixture
def roads(town_file: Path, tmp_path: Path) -> GraphRoads:
    return open_roads(tmp_path / "home", Kept(read_network(town_file)))
