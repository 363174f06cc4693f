"""Outlines of villages from GeoJSON: previewed, whole or not at all, and used at once."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import House, Row
from gis_dispatch.services.import_villages import import_villages

SINGKAWANG = Path(__file__).resolve().parents[4] / "shared" / "data" / "singkawang"
ROBAN = {"kode": "61.72.01.1001", "nama": "Roban", "kode_kec": "61.72.01"}
NEW = {"kode": "61.73.01.1001", "nama": "Seberang", "nama_kec": "Kota Sebelah"}


def square(lon: float, lat: float, side: float = 0.02) -> dict[str, Any]:
    east, north = lon + side, lat + side
    ring = [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def file_of(*features: tuple[dict[str, str], dict[str, Any] | None]) -> bytes:
    written = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": written}).encode()


def outlined(house: House) -> list[Row]:
    rows = house.store.reads.all("layer_villages", west=-180, south=-90, east=180, north=90)
    return list(rows)


def sentences(refused: BadInput) -> str:
    return refused.sentence(str)


def test_outlines_are_previewed_and_then_known(house: House, admin: Actor) -> None:
    data = file_of((ROBAN, square(109.0, 0.9)), (NEW, square(109.1, 0.9)))
    preview = import_villages(house, admin, data, "batas.geojson", dry_run=True)
    assert [(row.where, row.name, row.action) for row in preview.rows] == [
        ("feature 1", "Roban", "change"),
        ("feature 2", "Seberang", "add"),
    ]
    assert outlined(house) == []
    assert import_villages(house, admin, data, "batas.geojson").saved
    assert house.store.reads.one("address_at", lon=109.01, lat=0.91)["village"] == "Roban"
    assert len(outlined(house)) == 2
    again = import_villages(house, admin, data, "batas.geojson")
    assert again.count("same") == 2
    moved = import_villages(house, admin, file_of((ROBAN, square(109.0, 0.91))), "lagi.geojson")
    assert moved.count("change") == 1


@pytest.mark.parametrize(
    ("properties", "geometry", "said"),
    [
        ({**ROBAN, "kode": "Roban"}, square(109, 0.9), "is not a code"),
        ({**ROBAN, "nama": ""}, square(109, 0.9), "name"),
        (ROBAN, None, "Polygon"),
        (ROBAN, {"type": "Point", "coordinates": [109, 0.9]}, "Polygon"),
        (
            ROBAN,
            {
                "type": "Polygon",
                "coordinates": [
                    [[109, 0.9], [109.02, 0.92], [109.02, 0.9], [109, 0.92], [109, 0.9]]
                ],
            },
            "Self-intersection",
        ),
        ({"kode": "99.01.01.1001", "nama": "Jauh"}, square(109, 0.9), "there is no district"),
    ],
)
def test_a_wrong_feature_is_named_and_nothing_is_saved(
    house: House,
    admin: Actor,
    properties: dict[str, str],
    geometry: dict[str, Any] | None,
    said: str,
) -> None:
    data = file_of((NEW, square(109.1, 0.9)), (properties, geometry))
    preview = import_villages(house, admin, data, "batas.geojson", dry_run=True)
    assert preview.rows[1].action == "refused"
    assert said in " ".join(map(sentences, preview.rows[1].problems))
    with pytest.raises(BadInput, match="feature 2"):
        import_villages(house, admin, data, "batas.geojson")
    assert outlined(house) == []


def test_one_village_twice_is_a_mistake(house: House, admin: Actor) -> None:
    data = file_of((ROBAN, square(109.0, 0.9)), (ROBAN, square(109.1, 0.9)))
    with pytest.raises(BadInput, match="already on feature 1"):
        import_villages(house, admin, data, "batas.geojson")


def test_of_a_table_without_outlines_every_row_is_refused(house: House, admin: Actor) -> None:
    preview = import_villages(
        house, admin, b"kode,nama\n61.72.01.1001,Roban\n", "kelurahan.csv", dry_run=True
    )
    assert [row.action for row in preview.rows] == ["refused"]


def codes(rows: Iterable[Any]) -> set[str]:
    return {row.values["code"] for row in rows}


@pytest.mark.skipif(not SINGKAWANG.is_dir(), reason="the real outlines are not beside the project")
def test_the_real_outlines_of_a_city_fit_its_villages(house: House, admin: Actor) -> None:
    data = (SINGKAWANG / "kelurahan.geojson").read_bytes()
    report = import_villages(house, admin, data, "kelurahan.geojson")
    assert (report.saved, report.count("refused"), len(codes(report.rows))) == (True, 0, 26)
    assert report.count("change") == 26, "the facts name the same ones"
    assert len(outlined(house)) == 26
