"""What a road import brings beside the roads, from every kind of source; exchanged whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely

from gis_dispatch.domain.land import CONTENTS, Land
from gis_dispatch.geocoding import Gazetteer
from gis_dispatch.roads.land_tags import area_kind, line_kind, site_kind
from gis_dispatch.roads.refusals import RoadFileBroken
from gis_dispatch.roads.sources import FileSource
from tests.roads.conftest import TOWN
from tests.roads.installing import Installation, installed

TABLES = ("land_areas", "land_lines", "place_names", "addresses", "land_sites")
LAND = """
  <node id="31" lat="0.9100" lon="108.9800"/><node id="32" lat="0.9100" lon="108.9840"/>
  <node id="33" lat="0.9140" lon="108.9840"/><node id="34" lat="0.9140" lon="108.9800"/>
  <node id="35" lat="0.9110" lon="108.9810"/><node id="36" lat="0.9110" lon="108.9820"/>
  <node id="37" lat="0.9120" lon="108.9820"/><node id="38" lat="0.9120" lon="108.9810"/>
  <node id="41" lat="0.9001" lon="108.9811"><tag k="addr:housenumber" v="12"/>
    <tag k="addr:street" v="Jalan Diponegoro"/></node>
  <node id="42" lat="0.9003" lon="108.9812"><tag k="emergency" v="fire_hydrant"/>
    <tag k="fire_hydrant:type" v="pillar"/><tag k="fire_hydrant:diameter" v="100"/></node>
  <node id="43" lat="0.9004" lon="108.9813"><tag k="amenity" v="fuel"/>
    <tag k="name" v="SPBU"/></node>
  <node id="44" lat="0.9005" lon="108.9814"><tag k="place" v="village"/><tag k="name" v="Pasiran"/>
    <tag k="population" v="8 300"/></node>
  <way id="201"><nd ref="31"/><nd ref="32"/><nd ref="33"/></way>
  <way id="202"><nd ref="33"/><nd ref="34"/><nd ref="31"/></way>
  <way id="203"><nd ref="35"/><nd ref="36"/><nd ref="37"/><nd ref="38"/><nd ref="35"/></way>
  <way id="204"><nd ref="35"/><nd ref="36"/><nd ref="37"/><nd ref="38"/><nd ref="35"/>
    <tag k="building" v="house"/><tag k="addr:housenumber" v="14A"/>
    <tag k="addr:street" v="Jalan Diponegoro"/></way>
  <way id="205"><nd ref="31"/><nd ref="35"/><tag k="waterway" v="river"/>
    <tag k="name" v="Sungai Singkawang"/></way>
  <way id="206"><nd ref="31"/><nd ref="33"/><nd ref="32"/><nd ref="34"/><nd ref="31"/>
    <tag k="landuse" v="forest"/></way>
  <relation id="301"><member type="way" ref="201" role="outer"/>
    <member type="way" ref="202" role="outer"/>
    <member type="way" ref="203" role="inner"/>
    <tag k="type" v="multipolygon"/><tag k="natural" v="water"/><tag k="name" v="Danau"/></relation>
</osm>"""


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    with installed(database_url, tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def land_file(tmp_path: Path) -> Path:
    """The small town with a lake that has an island, a house on it, and what else a map shows."""
    path = tmp_path / "land.osm"
    # OSM wants nodes before ways; pyosmium needs no more than that.
    nodes, _, ways = TOWN.rpartition("</osm>")[0].partition("  <way")
    more, _, shapes = LAND.partition("  <way")
    path.write_text(f"{nodes}{more}  <way{ways}  <way{shapes}", encoding="utf-8")
    return path


def land_of(path: Path) -> Land:
    return FileSource(path, "Kota").read(lambda *_: None).land


def test_an_osm_file_brings_everything_beside_its_roads(land_file: Path) -> None:
    land = land_of(land_file)
    lake = next(area for area in land.areas if area.kind == "water")
    shape = shapely.from_wkb(lake.wkb)
    assert (lake.name, len(shape.geoms), len(shape.geoms[0].interiors)) == ("Danau", 1, 1)
    assert [area.land_class for area in land.areas if area.kind == "building"] == ["house"]
    assert [(line.kind, line.name) for line in land.lines] == [("waterway", "Sungai Singkawang")]
    assert {(one.street, one.housenumber) for one in land.addresses} == {
        ("Jalan Diponegoro", "12"),
        ("Jalan Diponegoro", "14A"),
    }
    assert [(name.name, name.population) for name in land.names] == [("Pasiran", 8300)]
    assert {(site.kind, site.site_class) for site in land.sites} == {
        ("hydrant", "pillar"),
        ("hazard", "fuel"),
    }
    assert land.sites[0].details == {"fire_hydrant:type": "pillar", "fire_hydrant:diameter": "100"}
    # The forest's outline crosses itself.
    assert land.broken == 1
    assert "left out: 1 areas whose outline is broken" in land.sentences()


def test_a_house_is_an_address_inside_its_outline(land_file: Path) -> None:
    house = next(one for one in land_of(land_file).addresses if one.housenumber == "14A")
    assert 108.981 < house.lon < 108.982
    assert 0.911 < house.lat < 0.912


def test_land_comes_and_leaves_with_its_network(
    installation: Installation, land_file: Path, town_file: Path
) -> None:
    installation.take_in(FileSource(land_file, "Kota"))
    assert [installation.count(table) for table in TABLES] == [2, 1, 1, 2, 2]
    assert installation.last_import()["land"]["water"] == 2
    assert installation.last_import()["broken_areas"] == 1
    with installation.store.engine.connect() as connection:
        lon = "ST_X(ST_Centroid(ST_Transform(geom, 4326)))"
        found = connection.exec_driver_sql(
            f"SELECT round({lon}::numeric, 4), side_m FROM land_areas WHERE kind = 'building'"
        ).one()
    assert float(found[0]) == 108.9815
    assert 100 < found[1] < 125  # 0.001 degrees each way
    # The same town without land: the first network leaves with the import after it.
    installation.take_in(FileSource(town_file, "Kota Kecil"))
    installation.take_in(FileSource(town_file, "Kota Lain"))
    assert [installation.count(table) for table in TABLES] == [0, 0, 0, 0, 0]


def test_a_source_says_what_it_lacks(town_file: Path) -> None:
    survey = FileSource(town_file, "Kota").read(lambda *_: None)
    assert survey.land.counts == dict.fromkeys(CONTENTS, 0)
    assert f"not in this source: {', '.join(CONTENTS.values())}" in survey.sentences()


def test_a_house_is_found_by_street_and_number(installation: Installation, land_file: Path) -> None:
    installation.take_in(FileSource(land_file, "Kota"))
    gazetteer = Gazetteer(installation.store.reads, lambda: None)
    for typed in ("Jl. Diponegoro 12", "jalan diponegoro no. 12", "Diponegoro, 12"):
        first = gazetteer.search(typed)[0]
        assert (first.name, first.kind) == ("Jalan Diponegoro 12", "address"), typed
        assert (first.lon, first.lat) == (108.9811, 0.9001)
    assert gazetteer.search("jl diponegoro 14 a")[0].name == "Jalan Diponegoro 14A"
    # A number nobody mapped: the street itself.
    assert gazetteer.search("jl diponegoro 99")[0].name == "Jalan Diponegoro"


def geojson(path: Path, *features: tuple[str, object, dict[str, str]]) -> Path:
    street = ("LineString", [[108.98, 0.9], [108.99, 0.9]], {"highway": "residential"})
    written = [
        {
            "type": "Feature",
            "properties": tags,
            "geometry": {"type": kind, "coordinates": coordinates},
        }
        for kind, coordinates, tags in (street, *features)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": written}))
    return path


RING = [[108.98, 0.9], [108.99, 0.9], [108.99, 0.91], [108.98, 0.9]]


def test_geojson_brings_land_too(tmp_path: Path) -> None:
    land = land_of(
        geojson(
            tmp_path / "ways.geojson",
            ("Polygon", [RING], {"natural": "water"}),
            ("Point", [108.985, 0.905], {"emergency": "fire_hydrant"}),
            ("Polygon", [[*RING[:2], [108.98, 0.91], RING[2], RING[0]]], {"landuse": "forest"}),
        )
    )
    assert land.counts["water"] == land.counts["hydrant"] == land.broken == 1
    assert land.counts["green"] == 0


@pytest.mark.parametrize(
    "coordinates", [[[["x", 0.9], [1, 2], [3, 4], ["x", 0.9]]], 7, [[[500, 0]] * 4]]
)
def test_geojson_with_a_wrong_area_is_refused_with_its_number(
    tmp_path: Path, coordinates: object
) -> None:
    path = geojson(tmp_path / "ways.geojson", ("Polygon", coordinates, {"natural": "water"}))
    with pytest.raises(RoadFileBroken, match=r"features\[1\], geometry"):
        land_of(path)


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"building": "yes"}, ("building", "building")),
        ({"building": "no"}, None),
        ({"building": "demolished", "landuse": "grass"}, ("green", "grass")),
        ({"highway": "pedestrian"}, None),
        ({"highway": "pedestrian", "area": "yes"}, ("ground", "square")),
        ({"natural": "water", "landuse": "forest"}, ("water", "water")),
        ({"landuse": "unheard_of"}, None),
    ],
)
def test_areas_are_told_by_their_tags(tags: dict[str, str], found: object) -> None:
    assert area_kind(tags) == found


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"man_made": "storage_tank", "content": "water"}, None),
        ({"man_made": "storage_tank", "content": "lpg"}, ("hazard", "gas")),
        ({"power": "substation"}, ("hazard", "electrical")),
        ({"power": "tower"}, None),
        ({"hazard": "landslide"}, ("hazard", "other")),
        ({"industrial": "refinery"}, ("hazard", "fuel")),
        ({"emergency": "suction_point"}, ("hydrant", "suction")),
    ],
)
def test_sites_are_told_by_their_tags(tags: dict[str, str], found: object) -> None:
    assert site_kind(tags) == found


def test_what_runs_below_ground_is_not_drawn() -> None:
    assert line_kind({"railway": "rail"}) == ("railway", "rail")
    assert line_kind({"railway": "subway", "tunnel": "yes"}) is None
    assert line_kind({"waterway": "stream", "tunnel": "culvert"}) == ("waterway", "stream")
