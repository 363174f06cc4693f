"""Every layer's query runs on PostGIS and returns what its style uses."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2
import pytest

from gis_dispatch.maps.geojson import layer_features
from gis_dispatch.maps.layers import Layer, list_layers
from gis_dispatch.maps.mercator import Bbox, tile_box
from gis_dispatch.services.count_incidents import count_incidents
from gis_dispatch.services.refresh_coverage import refresh_coverage
from tests.analysis.history import write_history
from tests.consoles.town import Town
from tests.maps import mvt
from tests.maps.test_tiles import around

AROUND = (108.9, 0.8, 109.1, 1.0)
ELSEWHERE = (11.0, 57.0, 12.0, 58.0)


def features(town: Town, layer: Layer, bbox: Bbox | None, **given: object) -> list[dict[str, Any]]:
    """A layer's features as the GeoJSON door gives them."""
    drawn = layer_features(town.store.reads, layer, bbox, given)["features"]
    assert isinstance(drawn, list)
    return drawn


@pytest.fixture
def busy(crossroads: Town) -> Town:
    """Something in every layer."""
    write_history(crossroads.url, begin=datetime.now(UTC) - timedelta(days=8), days=6, incidents=6)
    with psycopg2.connect(crossroads.url) as connection, connection.cursor() as session:
        session.execute("ALTER TABLE incidents DISABLE TRIGGER USER")
        session.execute("SELECT make_position_days(ARRAY[now()::date, now()::date - 1])")
        session.execute("UPDATE incidents SET status = 'verified' WHERE id % 2 = 0")
        session.execute(
            "INSERT INTO closures (geom, effect, reason, starts_at) VALUES"
            " (ST_SetSRID(ST_MakeLine(ST_Point(108.98, 0.9), ST_Point(108.99, 0.9)), 4326),"
            " 'closed', 'banjir', now() - interval '1 hour')"
        )
        session.execute(
            "INSERT INTO positions (unit_id, recorded_at, received_at, point, source)"
            " SELECT 1 + n % 2, now() - n * interval '1 minute', now(),"
            " ST_SetSRID(ST_Point(108.98 + n * 0.0001, 0.9), 4326), 'device'"
            " FROM generate_series(1, 10) AS n"
        )
    count_incidents(crossroads.store)
    refresh_coverage(crossroads.house, 900)
    return crossroads


@pytest.mark.parametrize("layer", list_layers(), ids=lambda layer: layer.id)
def test_a_layer_returns_what_its_style_uses(busy: Town, layer: Layer) -> None:
    """All features have a geometry and the properties that label, weight and cases name."""
    drawn = features(busy, layer, AROUND)
    assert drawn
    assert layer.used_properties() <= busy.store.reads.columns(layer.query).keys()
    for feature in drawn:
        assert feature["geometry"]["coordinates"]
        assert layer.used_properties() <= set(feature["properties"])
    assert len({feature["id"] for feature in drawn}) == len(drawn)
    assert len(features(busy, layer, None)) == len(drawn)
    assert features(busy, layer, ELSEWHERE) == []


@pytest.mark.parametrize("layer", list_layers(), ids=lambda layer: layer.id)
def test_a_layer_is_the_same_through_both_doors(busy: Town, layer: Layer) -> None:
    """The tile of the world holds the features that GeoJSON holds, with the same properties."""
    tile = busy.store.reads.tile(layer.query, layer.id, 9, *around(9)[1:], **box_of(9), zoom=9)
    drawn = {str(one["id"]): one for one in mvt.layers(tile)[layer.id]}
    whole = features(busy, layer, None, zoom=9)
    assert drawn.keys() == {str(feature["id"]) for feature in whole}
    for feature in whole:
        for name in layer.used_properties():
            if feature["properties"][name] is not None:
                assert drawn[str(feature["id"])][name] == feature["properties"][name]


def box_of(z: int) -> dict[str, float]:
    """The box that the tile of the town asks its query for."""
    return dict(zip(("west", "south", "east", "north"), tile_box(*around(z)), strict=True))


def test_layers_name_no_caller(busy: Town) -> None:
    """What is drawn for everybody says nothing about who called."""
    for layer in list_layers():
        drawn = str(features(busy, layer, None))
        assert "PRIVATE" not in drawn
        assert "Rahasia" not in drawn


def test_who_works_on_a_part_sees_that_part(busy: Town) -> None:
    """A dispatcher sees what was handed to the agency, a crew its unit and what it works on."""
    open_ids = set(busy.sql("SELECT id FROM incidents WHERE status = 'verified'"))
    handed = set(
        busy.sql(
            "SELECT r.incident_id FROM referrals r JOIN incidents i ON i.id = r.incident_id"
            " WHERE r.agency_code = 'damkar' AND i.status = 'verified'"
        )
    )
    assert handed < open_ids

    def seen(role: str, layer: str) -> set[tuple[int]]:
        answer = busy.signed_in(role).get(f"/layers/{layer}").get_json()
        return {(feature["id"],) for feature in answer["features"]}

    assert seen("operator", "incidents") == open_ids
    assert seen("dispatcher", "incidents") == handed
    assert seen("crew", "incidents") == set()
    assert seen("crew", "units") == {(1,)}
    assert seen("crew", "tracks") == {(1,)}
    assert seen("dispatcher", "tracks") == {(1,), (2,)}


def test_layers_over_http(busy: Town) -> None:
    """The list with its basemap and whose data it is; features as GeoJSON; refusals in words."""
    browser = busy.signed_in("planner")
    listed = browser.get("/layers").get_json()
    assert "units" not in {layer["id"] for layer in listed["items"]}
    assert listed["basemaps"][0]["attribution"] == "© OpenStreetMap contributors"
    stations = browser.get("/layers/stations?bbox=108.98,0.8,109.1,1.0")
    assert stations.mimetype == "application/geo+json"
    assert [f["properties"]["name"] for f in stations.get_json()["features"]] == ["Mako Damkar"]
    assert browser.get("/layers/units").status_code == 403
    assert browser.get("/layers/nothing").status_code == 404
    assert browser.get("/layers/stations?bbox=1,2,3").status_code == 422
    assert browser.get("/layers/stations?bbox=109,0,108,1").get_json()["field"] == "bbox"
