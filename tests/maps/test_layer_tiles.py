"""Layers over HTTP as tiles: for whom they are, compressed, and not made twice."""

import gzip

import pytest

from gis_dispatch.maps.catalogue import get_layer, layers_for
from gis_dispatch.maps.layer_shelf import LayerShelf, require_tile
from gis_dispatch.maps.layers import Layer, list_layers
from gis_dispatch.maps.refusals import LayerNotYours, LayerUnknown, NotInTiles, TileOutside
from tests.consoles.town import Town
from tests.maps.mvt import layers
from tests.maps.test_tiles import around

VILLAGES = next(layer for layer in list_layers() if layer.id == "villages")


def address(layer: str, z: int) -> str:
    """Where the tile around the town is."""
    return "/tiles/layers/{}/{}/{}/{}.mvt".format(layer, *around(z))


def test_roles_see_their_layers(town: Town) -> None:
    """A planner sees density and posts, not who is where."""
    seen = {layer.id for layer in layers_for(town.store.reads, "planner")}
    assert {"closures", "heat", "stations", "villages", "districts"} <= seen
    assert not {"incidents", "units", "tracks"} & seen
    with pytest.raises(LayerNotYours):
        get_layer(town.store.reads, "units", "planner")
    with pytest.raises(LayerUnknown, match="closures"):
        get_layer(town.store.reads, "nothing", "planner")


def test_a_tile_is_answered_compressed_and_not_sent_twice(crossroads: Town) -> None:
    """gzip, an ETag that names the state of the data, 304 for who has it, a change is seen."""
    browser = crossroads.signed_in("operator").client
    first = browser.get(address("villages", 12), headers={"Accept-Encoding": "gzip"})
    assert first.status_code == 200, first.text
    assert first.headers["Content-Encoding"] == "gzip"
    drawn = layers(gzip.decompress(first.data))["villages"]
    assert [one["district"] for one in drawn]
    plain = browser.get(address("villages", 12), headers={"Accept-Encoding": "identity"})
    assert plain.data == gzip.decompress(first.data)
    known = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(address("villages", 12), headers=known).status_code == 304
    crossroads.sql("UPDATE villages SET name = 'Kampung Baru' WHERE geom IS NOT NULL")
    after = browser.get(address("villages", 12), headers=known)
    assert after.status_code == 200
    assert layers(after.data)["villages"][0]["name"] == "Kampung Baru"


def test_layers_are_refused_in_words(crossroads: Town) -> None:
    """Another role's, one that is not there, one without tiles; and nobody who is not signed in."""
    planner = crossroads.signed_in("planner").client
    assert planner.get(address("incidents", 12)).status_code == 403
    assert planner.get(address("nothing", 12)).status_code == 404
    whole = planner.get(address("stations", 12), headers={"Accept": "application/json"})
    assert whole.status_code == 404
    assert "GeoJSON" in whole.get_json()["detail"]
    assert crossroads.app.test_client().get(address("villages", 12)).status_code == 401


@pytest.mark.parametrize(("z", "x", "y"), [(12, 4096, 0), (12, 0, 4096), (8, 0, 0), (23, 0, 0)])
def test_a_tile_outside_is_refused(z: int, x: int, y: int) -> None:
    """Outside the world, from farther than the layer is shown, closer than anybody looks."""
    with pytest.raises(TileOutside):
        require_tile(VILLAGES, z, x, y)


def test_a_layer_that_is_served_whole_has_no_tiles() -> None:
    """Saying so is better than an empty tile."""
    with pytest.raises(NotInTiles):
        require_tile(VILLAGES.model_copy(update={"served": "geojson"}), 12, 0, 0)


class Counting:
    """Counts what is asked of it, and answers as little as it can."""

    def __init__(self) -> None:
        self.made = 0
        self.state = "first"

    def tile(self, *_place: object, **_given: object) -> bytes:
        """A tile of some size."""
        self.made += 1
        return str(self.made).encode() * 2000

    def value(self, _query: str, /, **_given: object) -> str:
        """The state of the data."""
        return self.state


def shelf_and_layer(**changed: object) -> tuple[Counting, LayerShelf, Layer]:
    """A shelf that asks nobody."""
    reads = Counting()
    shelf = LayerShelf(reads, now=lambda: 1000.0)  # type: ignore[arg-type] # as much as it needs
    return reads, shelf, VILLAGES.model_copy(update=changed)


def test_a_tile_is_made_once_for_each_way_of_looking() -> None:
    """The same viewer and state: once; another agency's dispatcher or a change: again."""
    reads, shelf, layer = shelf_and_layer()
    one = {"viewer_agency": "damkar"}
    for given in (one, one, {"viewer_agency": "bpbd"}, one):
        shelf.tile(shelf.version(layer, given), 12, 0, 0)
    assert reads.made == 2
    reads.state = "second"
    shelf.tile(shelf.version(layer, one), 12, 0, 0)
    assert reads.made == 3
    assert len(shelf._kept) == 1, "what showed the state before is forgotten"


def test_a_layer_without_a_state_is_as_old_as_its_file_allows() -> None:
    """Made again when so many seconds are over."""
    reads, moment = Counting(), [0.0]
    shelf = LayerShelf(reads, now=lambda: moment[0])  # type: ignore[arg-type]
    layer = VILLAGES.model_copy(update={"state": None, "refresh": 30})
    for at in (0.0, 29.0, 31.0):
        moment[0] = at
        shelf.tile(shelf.version(layer, {}), 12, 0, 0)
    assert reads.made == 2


def test_the_shelf_is_not_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked for longest ago goes when there is too much."""
    monkeypatch.setattr("gis_dispatch.maps.layer_shelf.KEPT_BYTES", 200)
    reads, shelf, layer = shelf_and_layer()
    for x in range(20):
        shelf.tile(shelf.version(layer, {}), 12, x, 0)
    assert sum(map(len, shelf._kept.values())) == shelf._kept_bytes <= 200
    made = reads.made
    shelf.tile(shelf.version(layer, {}), 12, 19, 0)
    assert reads.made == made
    shelf.tile(shelf.version(layer, {}), 12, 0, 0)
    assert reads.made == made + 1
