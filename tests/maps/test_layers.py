"""Every layer's query runs on PostGIS and returns what its style uses."""

from datetime import UTC, datetime, timedelta

import psycopg2
import pytest

from gis_dispatch.maps.geojson import layer_features
from gis_dispatch.maps.layers import Layer, list_layers
from tests.analysis.history import write_history
from tests.consoles.town import Town

AROUND = (108.9, 0.8, 109.1, 1.0)
ELSEWHERE = (11.0, 57.0, 12.0, 58.0)


@pytest.fixture
def busy(crossroads: Town) -> Town:
    """Something in every layer."""
    write_history(crossroads.url, begin=datetime.now(UTC) - timedelta(days=8), days=6, incidents=6)
    with psycopg2.connect(crossroads.url) as connection, connection.cursor() as session:
        session.execute("ALTER TABLE incidents DISABLE TRIGGER USER")
        session.execute("UPDATE incidents SET status = 'verified' WHERE id % 2 = 0")
        session.execute(
            "INSERT INTO closures (geom, effect, reason, starts_at) VALUES"
            " (ST_SetSRID(ST_MakeLine(ST_Point(108.98, 0.9), ST_Point(108.99, 0.9)), 4326),"
            " 'closed', 'banjir', now() - interval '1 hour')"
        )
    return crossroads


@pytest.mark.parametrize("layer", list_layers(), ids=lambda layer: layer.id)
def test_a_layer_returns_what_its_style_uses(busy: Town, layer: Layer) -> None:
    """All features have a geometry and the properties that label, weight and cases name."""
    features = layer_features(busy.store.reads, layer, AROUND)["features"]
    assert features
    for feature in features:
        assert feature["geometry"]["coordinates"]
        assert layer.used_properties() <= set(feature["properties"])
    assert len({feature["id"] for feature in features}) == len(features)
    assert len(layer_features(busy.store.reads, layer, None)["features"]) == len(features)
    assert layer_features(busy.store.reads, layer, ELSEWHERE)["features"] == []


def test_layers_name_no_caller(busy: Town) -> None:
    """What is drawn for everybody says nothing about who called."""
    for layer in list_layers():
        drawn = str(layer_features(busy.store.reads, layer, None))
        assert "PRIVATE" not in drawn
        assert "Rahasia" not in drawn


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
