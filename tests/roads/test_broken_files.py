"""Broken road files: how each is refused, and where in it the mistake is."""

import bz2
import gzip
from pathlib import Path
from typing import Any

import pytest

from gis_dispatch.roads.refusals import (
    RoadFileBroken,
    RoadFileEmpty,
    RoadFileMissing,
    RoadFileUnknown,
)
from gis_dispatch.roads.sources import read_network
from tests.roads.conftest import TOWN
from tests.roads.files import as_pbf, feature, geojson


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


@pytest.mark.parametrize(
    ("find", "put", "told"),
    [
        ('lat="0.9020" lon="108.9820"', 'lat="0.9o20" lon="108.9820"', "line 7, node 5"),
        ('node id="5"', 'node id="x5"', "line 7, node x5"),
        ('<nd ref="5"/>', '<nd ref="five"/>', "line 19, nd"),
        ('way id="101"', 'way id="1e1"', "line 19, way 1e1"),
        ('osm version="0.6"', 'osm version="0.5"', "line 2, osm"),
    ],
)
@pytest.mark.parametrize("ending", ["osm", "osm.gz", "osm.bz2"])
def test_a_number_that_is_none_is_refused_with_its_line(
    tmp_path: Path, ending: str, find: str, put: str, told: str
) -> None:
    assert find in TOWN
    pack = {"osm": bytes, "osm.gz": gzip.compress, "osm.bz2": bz2.compress}[ending]
    path = tmp_path / f"town.{ending}"
    path.write_bytes(pack(TOWN.replace(find, put, 1).encode()))
    assert f"{told}: " in broken(path)


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
    as_pbf(town_file, path)
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
    fine = feature([[11.9, 57.6], [11.8, 57.6]], name='a "features": [ in, a } name')
    path = geojson(tmp_path / "ways.geojson", fine, fine, feature(coordinates))
    said = broken(path)
    line = [n for n, text in enumerate(path.read_text().splitlines(), 1) if text == "  {"][2]
    assert f"line {line}, features[2]" in said
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
