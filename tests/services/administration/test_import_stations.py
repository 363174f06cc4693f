"""Stations from files: every wrong row said, nothing half saved."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import House
from gis_dispatch.services import import_refusals as refused
from gis_dispatch.services.import_stations import STATIONS, import_stations
from gis_dispatch.services.tabular import read_rows

GOOD = """name,kind,agency,lon,lat,address
Pos Utama,fire_station,damkar,108.98724,0.0001,Jl. Diponegoro
Posko BPBD,bpbd_post,BPBD,108.99,0.0002,
"""


def names_of(house: House) -> list[str]:
    return [row["name"] for row in house.store.reads.all("list_stations")]


def test_a_good_file_is_previewed_without_saving_and_then_saved(house: House, admin: Actor) -> None:
    preview = import_stations(house, admin, GOOD.encode(), "pos.csv", dry_run=True)
    assert not preview.saved
    assert [(row.where, row.action) for row in preview.rows] == [
        ("line 2", "add"),
        ("line 3", "add"),
    ]
    assert names_of(house) == []
    report = import_stations(house, admin, GOOD.encode(), "pos.csv")
    assert report.saved
    assert names_of(house) == ["Pos Utama", "Posko BPBD"]


def test_the_same_file_again_changes_nothing_and_a_new_place_changes_one(
    house: House, admin: Actor
) -> None:
    import_stations(house, admin, GOOD.encode(), "pos.csv")
    again = import_stations(house, admin, GOOD.encode(), "pos.csv")
    assert again.count("same") == 2
    moved = GOOD.replace("108.99,", "108.95,")
    report = import_stations(house, admin, moved.encode(), "pos.csv")
    assert (report.count("same"), report.count("change")) == (1, 1)
    assert len(names_of(house)) == 2


def test_an_indonesian_spreadsheet_is_read(house: House, admin: Actor) -> None:
    text = "﻿Nama;Jenis;Instansi;Bujur;Lintang\r\nPos Utama;fire_station;Damkar;108,98724;0,0001\r\n"
    report = import_stations(house, admin, text.encode(), "pos.csv")
    assert report.rows[0].values["lon"] == 108.98724
    assert names_of(house) == ["Pos Utama"]


def test_every_wrong_row_is_said_with_its_line_and_nothing_is_saved(
    house: House, admin: Actor
) -> None:
    text = GOOD + (
        ",fire_station,damkar,108.9,0.9,\n"
        "Pos 5,castle,damkar,108.9,0.9,\n"
        "Pos 6,fire_station,atlantis,108.9,0.9,\n"
        "Pos 7,fire_station,damkar,east,0.9,\n"
        "Pos 8,fire_station,damkar,0.9,108.9,\n"
        "Pos Utama,fire_station,damkar,108.9,0.9,\n"
    )
    report = import_stations(house, admin, text.encode(), "pos.csv", dry_run=True)
    problems = {row.where: [one.field for one in row.problems] for row in report.rows}
    assert problems == {
        "line 2": [],
        "line 3": [],
        "line 4": ["name"],
        "line 5": ["kind"],
        "line 6": ["agency"],
        "line 7": ["lon"],
        "line 8": ["lat"],
        "line 9": ["name"],
    }
    sentences = [one.sentence() for row in report.rows for one in row.problems]
    assert "wrong way round" in sentences[4]
    assert "already on line 2" in sentences[5]
    with pytest.raises(refused.RowsWrong, match=r"6 rows need correcting\. The first is line 4"):
        import_stations(house, admin, text.encode(), "pos.csv")
    assert names_of(house) == []


def test_a_row_of_several_lines_is_named_by_its_first(house: House, admin: Actor) -> None:
    text = 'name,kind,agency,lon,lat\n"Pos\nUtama",fire_station,damkar,109,0\nPos 2,x,damkar,9,0\n'
    report = import_stations(house, admin, text.encode(), "pos.csv", dry_run=True)
    assert [row.where for row in report.rows] == ["line 2", "line 4"]
    assert report.rows[0].values["name"] == "Pos Utama"


def test_a_place_far_from_any_road_is_noted_but_not_refused(house: House, admin: Actor) -> None:
    text = GOOD.replace("0.0001", "0.003").replace("0.0002", "0.9")
    report = import_stations(house, admin, text.encode(), "pos.csv", dry_run=True)
    assert [type(row.notes[0]) for row in report.rows] == [refused.FarFromRoad, refused.NoRoadNear]
    assert report.count("add") == 2
    assert report.as_document(str)["rows"][0]["notes"] == [
        "lon, lat: 334 m from the nearest road. Check the place."
    ]


def test_geojson_points_and_areas_are_read(house: House, admin: Actor) -> None:
    properties = {"nama": "Pos Utama", "kind": "fire_station", "agency": "damkar"}
    square = [[[108.0, 0.0], [108.2, 0.0], [108.2, 0.2], [108.0, 0.2], [108.0, 0.0]]]
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "Point", "coordinates": [108.9, 0.9]},
            },
            {
                "type": "Feature",
                "properties": {**properties, "nama": "RSUD"},
                "geometry": {"type": "Polygon", "coordinates": square},
            },
            {"type": "Feature", "properties": {**properties, "nama": "X"}, "geometry": None},
        ],
    }
    data = json.dumps(document).encode()
    report = import_stations(house, admin, data, "pos.geojson", dry_run=True)
    assert [(row.values["lon"], row.values["lat"]) for row in report.rows] == [
        (108.9, 0.9),
        (108.1, 0.1),
        (None, None),
    ]
    assert [one.field for one in report.rows[2].problems] == ["lon", "lat"]
    assert report.rows[2].where == "feature 3"


@pytest.mark.parametrize(
    ("data", "refusal", "sentence"),
    [
        (b"", refused.ColumnsMissing, "name, kind, agency, lon, lat"),
        (b"name,kind\nx,y\n", refused.ColumnsMissing, "agency, lon, lat"),
        (b"name,kind,agency,lon,lat\n", refused.FileWithoutRows, "no row"),
        (b"name,kind,agency,lon,lat\nP\xf6s,a,b,c,d\n", refused.FileNotUtf8, "byte 27"),
        (b'name,kind,agency,lon,lat\n"Pos,a,b,c,d\n', refused.CsvBroken, "line 2"),
        (b'{"type": "FeatureCollection",\n "features": [}', refused.JsonBroken, "line 2"),
        (b'{"type": "Feature"}', refused.NotFeatures, "FeatureCollection"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_where_it_breaks(
    house: House, admin: Actor, data: bytes, refusal: type[BadInput], sentence: str
) -> None:
    with pytest.raises(refusal, match=sentence):
        import_stations(house, admin, data, "pos.csv")


@given(st.binary(max_size=300))
def test_whatever_is_sent_is_read_or_refused_by_name(data: bytes) -> None:
    try:
        rows = read_rows(data, "x", STATIONS.columns, STATIONS.needed)
    except BadInput as refusal:
        assert refusal.sentence()
    else:
        assert rows


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "features", "properties", "geometry", "coordinates", "name"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused_by_name(document: object) -> None:
    data = json.dumps({"type": "FeatureCollection", "features": [document]}).encode()
    assert read_rows(data, "x", STATIONS.columns, STATIONS.needed)[0].where == "feature 1"
