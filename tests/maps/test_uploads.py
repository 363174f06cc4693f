"""Files that become layers: every kind is read, and what is wrong is told by the feature."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely import Point, Polygon

from gis_dispatch.maps import upload_check, upload_file
from gis_dispatch.maps.read_upload import leave_findings
from gis_dispatch.maps.upload_refusals import UploadRefused
from gis_dispatch.maps.uploads import Upload, read_upload

PLACES = [(108.98, 0.90), (108.99, 0.91), (109.0, 0.92)]
NAMES = ["Hidran Jl. Diponegoro", "Hidran pasar", "Hidran ñ é"]


def frame(crs: str = "EPSG:4326") -> geopandas.GeoDataFrame:
    """Three hydrants."""
    made = geopandas.GeoDataFrame(
        {"name": NAMES, "litres": [900, 800, None]},
        geometry=[Point(place) for place in PLACES],
        crs="EPSG:4326",
    )
    return made.to_crs(crs)


def written(folder: Path, name: str, data: geopandas.GeoDataFrame, **options: Any) -> bytes:
    """A file as another program would have made it."""
    folder.mkdir(exist_ok=True)
    data.to_file(folder / name, **options)
    return (folder / name).read_bytes()


def zipped(folder: Path, data: geopandas.GeoDataFrame, *left_out: str) -> bytes:
    """A shapefile in a zip, without the parts left out."""
    written(folder, "hidran.shp", data, encoding="utf-8")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for part in sorted(folder.glob("hidran.*")):
            if part.suffix not in left_out:
                out.write(part, f"data/{part.name}")
    return buffer.getvalue()


def geojson(*geometries: dict[str, Any] | None) -> bytes:
    """Features of these geometries."""
    features = [
        {"type": "Feature", "properties": {"name": f"n{at}"}, "geometry": geometry}
        for at, geometry in enumerate(geometries, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def point(lon: float, lat: float) -> dict[str, Any]:
    """A place."""
    return {"type": "Point", "coordinates": [lon, lat]}


MAKE: dict[str, Callable[[Path], bytes]] = {
    "hidran.geojson": lambda folder: written(folder, "a.geojson", frame()),
    "hidran.gpkg": lambda folder: written(folder, "a.gpkg", frame("EPSG:32749"), layer="hidran"),
    "hidran.kml": lambda folder: written(folder, "a.kml", frame(), driver="KML"),
    "hidran.zip": lambda folder: zipped(folder, frame("EPSG:3857")),
    "HIDRAN.ZIP": lambda folder: zipped(folder, frame("EPSG:23830")),
}


def test_what_breaks_the_reader_breaks_only_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends without a report is a file that cannot be read."""
    monkeypatch.setattr("gis_dispatch.maps.uploads.READ_WITHIN_S", 0.01)
    with read_upload(b"{}", "a.geojson", None) as upload:
        assert upload.problems[0].code == "reading_too_long"


@pytest.mark.parametrize("name", MAKE)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str) -> None:
    """Whatever its reference system, the places come out as longitude and latitude."""
    with read_upload(MAKE[name](tmp_path / "made"), name, None) as upload:
        assert upload.problems == []
        file = upload.as_file()
        rows = [row for part in file.parts for row in json.loads(part)]
    assert (file.features, file.shape) == (3, "point")
    assert upload.report["geometry_types"] == {"Point": 3}
    west, south, east, north = upload.report["bounds"]
    assert (west, south) == pytest.approx(PLACES[0], abs=2e-4)
    assert (east, north) == pytest.approx(PLACES[2], abs=2e-4)
    assert [row["n"] for row in rows] == [1, 2, 3]
    assert NAMES[2] in rows[2]["p"].values()
    assert len(upload.report["preview"]) == 3


def looked_into(folder: Path, data: bytes, name: str, wanted: str | None = None) -> Upload:
    """What the reading process would tell, without a process."""
    (folder / name).write_bytes(data)
    leave_findings(str(folder / name), name, str(folder), wanted)
    return Upload(
        name, json.loads((folder / "report.json").read_text()), folder / "features.ndjson"
    )


BOWTIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
LINE = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
COLLECTION = {"type": "GeometryCollection", "geometries": [point(1, 1), LINE]}

WRONG: list[tuple[str, bytes, str, str]] = [
    ("a.geojson", geojson(SQUARE, BOWTIE), "feature_invalid", "Feature 2 is not valid: Self"),
    ("a.geojson", geojson(SQUARE, BOWTIE), "feature_invalid", "at 0.5, 0.5"),
    ("a.geojson", geojson(point(1, 1), point(200, 3)), "feature_outside", "Feature 2 lies"),
    ("a.geojson", geojson(point(1, 1), None, None), "feature_empty", "Feature 2 has no geometry"),
    ("a.geojson", geojson(None), "feature_empty", "Feature 1 has no geometry"),
    ("a.geojson", geojson(point(1, 1), LINE), "feature_other", "Feature 2 is a line"),
    ("a.geojson", geojson(point(1, 1), COLLECTION), "feature_other", "GeometryCollection"),
    ("a.geojson", geojson(), "file_empty", "not one feature"),
    ("a.geojson", b"{", "file_unreadable", "not a GeoJSON"),
    ("a.geojson", b'{"type": "FeatureCollection", "features": [', "file_unreadable", "GeoJSON"),
    ("a.geojson", '{"type": "é"}'.encode("latin-1"), "text_unreadable", "UTF-8"),
    ("a.gpkg", b"nothing", "file_unreadable", "SQLite"),
    ("a.kml", b"<html></html>", "file_unreadable", "<kml>"),
    ("a.zip", b"PK nothing", "file_unreadable", "zip"),
    ("a.csv", b"a,b", "file_kind_unknown", "a.csv"),
    ("a.geojson", b"<OGRVRTDataSource></OGRVRTDataSource>", "file_unreadable", "not a GeoJSON"),
]


@pytest.mark.parametrize(("name", "data", "code", "words"), WRONG)
def test_what_is_wrong_is_told(
    tmp_path: Path, name: str, data: bytes, code: str, words: str
) -> None:
    """Which feature and why; and such a file never becomes anything."""
    upload = looked_into(tmp_path, data, name)
    assert upload.problems[0].code == code
    assert words in str(upload.problems[0])
    with pytest.raises(UploadRefused):
        upload.as_file()


def test_every_wrong_feature_is_told_in_order(tmp_path: Path) -> None:
    """Not only the first."""
    upload = looked_into(tmp_path, geojson(SQUARE, None, BOWTIE, point(0, 0)), "a.json")
    assert [one.fields["number"] for one in upload.problems] == [2, 3, 4]


@pytest.mark.parametrize("part", [".shx", ".prj", ".dbf", ".shp"])
def test_a_shapefile_needs_all_its_parts(tmp_path: Path, part: str) -> None:
    """The one that is missing is named."""
    upload = looked_into(tmp_path, zipped(tmp_path / "made", frame(), part), "a.zip")
    assert upload.problems[0].code == "zip_lacks"
    assert part in str(upload.problems[0])


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """What it would become is counted before anything is read."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for part in upload_file.PARTS:
            out.writestr(f"a{part}", b"\0" * (upload_file.UNPACKED_BYTES // 3))
    assert len(buffer.getvalue()) < upload_file.UNPACKED_BYTES // 100
    assert looked_into(tmp_path, buffer.getvalue(), "a.zip").problems[0].code == "zip_too_large"


def test_places_need_a_reference_system(tmp_path: Path) -> None:
    """A GeoPackage without one is not guessed at."""
    data = geopandas.GeoDataFrame({"name": ["a"]}, geometry=[Point(500000, 100000)])
    with pytest.warns(UserWarning, match="crs"):
        made = written(tmp_path / "made", "a.gpkg", data)
    assert looked_into(tmp_path, made, "a.gpkg").problems[0].code == "crs_missing"


def test_of_several_layers_one_is_chosen(tmp_path: Path) -> None:
    """The file's layers are named; the one that was chosen is read."""
    folder = tmp_path / "made"
    written(folder, "a.gpkg", frame(), layer="hidran")
    area = geopandas.GeoDataFrame(
        {"zone": ["a"]}, geometry=[Polygon([(0, 0), (1, 0), (1, 1)])], crs="EPSG:4326"
    )
    data = written(folder, "a.gpkg", area, layer="zona")
    upload = looked_into(tmp_path, data, "a.gpkg")
    assert upload.problems[0].code == "source_layer_needed"
    assert upload.report["layers"] == ["hidran", "zona"]
    upload = looked_into(tmp_path, data, "a.gpkg", "zona")
    assert upload.problems == []
    assert upload.report["shape"] == "polygon"


def test_too_many_features_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A layer has an upper bound, which the sentence tells."""
    monkeypatch.setattr(upload_check, "MOST_FEATURES", 2)
    path = tmp_path / "a.geojson"
    path.write_bytes(geojson(point(1, 1), point(2, 2), point(3, 3)))
    opened = upload_file.open_upload(path, "a.geojson", None)
    with pytest.raises(upload_check.FeaturesTooMany, match="3 features"):
        upload_check.read_features(opened, "a.geojson")
