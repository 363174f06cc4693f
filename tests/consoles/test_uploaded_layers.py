"""A file becomes a layer for everybody at once, or nothing is saved; each change has its event."""

import io
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.consoles.town import Browser, Town
from tests.looking import events_of
from tests.maps import mvt
from tests.maps.test_tiles import around

LOOKS = {
    "title_id": "Hidran kota", "title_en": "City hydrants", "colour": "#3fc3d4", "icon": "fire",
    "label": "name", "roles": "operator,crew,planner,administrator", "zoom_from": 10, "zoom_to": 22,
}  # fmt: skip


def hydrants(count: int, *, broken: int | None = None) -> bytes:
    """So many, of which one may have no geometry."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"H{number}", "litres": 100 + number},
            "geometry": None
            if number == broken
            else {"type": "Point", "coordinates": [108.98 + number * 1e-7, 0.905]},
        }
        for number in range(1, count + 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def send(admin: Browser, method: str, path: str, data: bytes, **more: Any) -> TestResponse:
    """A file, as the administrator's page sends it."""
    return admin.client.open(
        f"/api/v1/uploaded-layers{path}",
        method=method,
        data={"file": (io.BytesIO(data), "hidran.geojson"), **more},
        headers={"X-CSRFToken": admin.csrf()},
        content_type="multipart/form-data",
    )


@pytest.fixture
def admin(town: Town) -> Browser:
    return town.signed_in("administrator")


def kinds(town: Town) -> list[str]:
    """The events about layers, in order."""
    return [e["kind"] for e in events_of(town.store) if e["kind"].startswith("layer.")]


def test_a_file_becomes_a_layer_and_goes_again(town: Town, admin: Browser) -> None:
    """Preview, layer, another file, another look, gone: seen by whom it is for."""
    looked = send(admin, "POST", "/preview", hydrants(3))
    assert looked.status_code == 200, looked.text
    assert looked.get_json()["problems"] == []
    assert [column["name"] for column in looked.get_json()["columns"]] == ["name", "litres"]
    assert kinds(town) == [], "looking saves nothing"

    made = send(admin, "POST", "", hydrants(3), **LOOKS)
    assert made.status_code == 201, made.text
    layer = f"upload-{made.get_json()['id']}"
    crew, dispatcher = town.signed_in("crew"), town.signed_in("dispatcher")
    assert layer in {one["id"] for one in crew.get("/layers").get_json()["items"]}
    assert layer not in {one["id"] for one in dispatcher.get("/layers").get_json()["items"]}
    assert dispatcher.get(f"/layers/{layer}").status_code == 403
    drawn = crew.get(f"/layers/{layer}").get_json()["features"]
    assert [one["properties"]["name"] for one in drawn] == ["H1", "H2", "H3"]
    assert drawn[0]["properties"]["litres"] == 101

    path = f"/{made.get_json()['id']}"
    again = send(admin, "PUT", f"{path}/file", hydrants(2))
    assert (again.status_code, again.get_json()["features"]) == (200, 2)
    assert len(crew.get(f"/layers/{layer}").get_json()["features"]) == 2

    changed = admin.send("PATCH", f"/uploaded-layers{path}", {"title_id": "Hidran PDAM"})
    assert changed.get_json()["title_id"] == "Hidran PDAM"
    assert changed.get_json()["colour"] == "#3fc3d4"
    assert admin.send("DELETE", f"/uploaded-layers{path}").status_code == 204
    assert crew.get(f"/layers/{layer}").status_code == 404
    assert town.sql("SELECT count(*) FROM uploaded_features") == [(0,)]
    assert kinds(town) == ["layer.uploaded", "layer.replaced", "layer.changed", "layer.deleted"]


def test_many_features_are_served_as_tiles(town: Town, admin: Browser) -> None:
    """More than a browser wants at once; every column is in the tile."""
    made = send(admin, "POST", "", hydrants(2001), **LOOKS)
    assert made.status_code == 201, made.text
    layer = f"upload-{made.get_json()['id']}"
    facts = {one["id"]: one for one in admin.get("/layers").get_json()["items"]}
    assert facts[layer]["served"] == "tiles"
    tile = admin.client.get("/tiles/layers/{}/{}/{}/{}.mvt".format(layer, *around(12)))
    drawn = mvt.layers(tile.data)[layer]
    assert len(drawn) == 2001
    assert {"name": "H7", "litres": 107}.items() <= drawn[6].items()


def test_a_broken_file_leaves_nothing(town: Town, admin: Browser) -> None:
    """The feature's number is told; neither layer nor feature nor event is there."""
    refused = send(admin, "POST", "", hydrants(3, broken=2), **LOOKS)
    assert refused.status_code == 422
    assert "Feature 2 has no geometry" in refused.get_json()["detail"]
    made = send(admin, "POST", "", hydrants(3), **LOOKS).get_json()
    refused = send(admin, "PUT", f"/{made['id']}/file", hydrants(5, broken=4))
    assert "Feature 4 has no geometry" in refused.get_json()["detail"]
    assert town.sql("SELECT count(*) FROM uploaded_features") == [(3,)]
    assert kinds(town) == ["layer.uploaded"]


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("colour", "red", 422),
        ("icon", "unicorn", 422),
        ("label", "colour", 422),
        ("roles", "caller", 422),
        ("zoom_from", 23, 422),
        ("refresh_s", 1, 422),
    ],
)
def test_a_wrong_look_is_refused_by_its_field(
    town: Town, admin: Browser, field: str, value: Any, status: int
) -> None:
    """And nothing is saved."""
    refused = send(admin, "POST", "", hydrants(1), **{**LOOKS, field: value})
    assert refused.status_code == status, refused.text
    assert refused.get_json()["field"] == field
    assert town.sql("SELECT count(*) FROM uploaded_layers") == [(0,)]


def test_a_title_is_taken_once(town: Town, admin: Browser) -> None:
    """The database judges."""
    assert send(admin, "POST", "", hydrants(1), **LOOKS).status_code == 201
    twice = send(admin, "POST", "", hydrants(1), **LOOKS)
    assert twice.status_code == 409
    assert "Hidran kota" in twice.get_json()["detail"]


def test_uploading_is_the_administrators(town: Town) -> None:
    """Nobody else may even look into a file."""
    lead = town.signed_in("lead_operator")
    assert lead.get("/uploaded-layers").status_code == 403
    assert send(lead, "POST", "/preview", hydrants(1)).status_code == 403


def test_everybody_hears_of_a_layer(town: Town, admin: Browser) -> None:
    """A crew's stream tells of it, so that its map lists it."""
    send(admin, "POST", "", hydrants(1), **LOOKS)
    seen = town.store.reads.all(
        "list_events_for_viewer", after=0, sees_all=False, sees_accounts=False, unit_id=1, most=10
    )
    assert [event["kind"] for event in seen] == ["layer.uploaded"]
