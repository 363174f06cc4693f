"""Tiles: each street once, main roads from afar, names at hand, not made twice."""

import gzip
import math

import pytest

from gis_dispatch.maps.basemaps import get_basemap
from gis_dispatch.maps.refusals import TileOutside
from gis_dispatch.maps.tiles import TileShelf, require_on_map
from tests.consoles.town import Town
from tests.maps.mvt import layers, lines

LON, LAT = 108.982, 0.9055


def around(z: int, lon: float = LON, lat: float = LAT) -> tuple[int, int, int]:
    """The tile of a place."""
    side, angle = 2**z, math.radians(lat)
    y = (1 - math.asinh(math.tan(angle)) / math.pi) / 2 * side
    return z, int((lon + 180) / 360 * side), int(y)


def tile(town: Town, z: int) -> dict[str, list[dict[str, object]]]:
    """A decoded tile straight from the shelf."""
    basemap, shelf = get_basemap("city"), TileShelf(town.store.reads)
    made = shelf.tile(basemap, shelf.version(basemap), *around(z))
    return layers(gzip.decompress(made.body))


def test_both_directions_of_a_street_are_drawn_once(crossroads: Town) -> None:
    """Four edges of a two-way street are one line with its name; a one-way says so."""
    roads = {road.get("name"): road for road in tile(crossroads, 14)["roads"]}
    street = roads["Jalan Diponegoro"]
    assert street["oneway"] is False
    assert lines(street["commands"]) == 1  # type: ignore[arg-type]
    assert roads["Tol"]["oneway"] is True
    assert len(roads) == 3


def test_low_zooms_draw_only_main_roads(crossroads: Town) -> None:
    """From afar a motorway, from nearer a street, from close by an alley."""
    classes = {z: {road["class"] for road in tile(crossroads, z)["roads"]} for z in (8, 12, 14)}
    assert classes == {
        8: {"motorway"},
        12: {"motorway", "residential"},
        14: {"motorway", "residential", "path"},
    }


def test_posts_and_outlines_are_in_the_tile(crossroads: Town) -> None:
    """Stations with their kind, the village with its name and its boundary."""
    made = tile(crossroads, 11)
    assert {post["kind"] for post in made["stations"]} == {"fire_station", "bpbd_post"}
    assert len(made["villages"]) == len(made["boundaries"]) == 1
    assert made["villages"][0]["name"]


def test_a_tile_is_answered_compressed_and_not_sent_twice(crossroads: Town) -> None:
    """gzip, an ETag that names the data's state, 304 for who has it, another after a change."""
    browser = crossroads.signed_in("operator").client
    z, x, y = around(14)
    path = f"/tiles/city/{z}/{x}/{y}.mvt"
    first = browser.get(path, headers={"Accept-Encoding": "gzip"})
    assert first.status_code == 200
    assert first.headers["Content-Encoding"] == "gzip"
    assert "max-age" in first.headers["Cache-Control"]
    assert layers(gzip.decompress(first.data))["roads"]
    assert browser.get(path, headers={"Accept-Encoding": "identity"}).data == gzip.decompress(
        first.data
    )
    known = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(path, headers=known).status_code == 304
    crossroads.sql("UPDATE stations SET name = 'Mako Baru' WHERE id = 1")
    assert browser.get(path, headers=known).status_code == 200


def test_tiles_are_for_people_who_signed_in(crossroads: Town) -> None:
    """Nobody else gets a map of where our posts are."""
    assert crossroads.app.test_client().get("/tiles/city/0/0/0.mvt").status_code == 401


@pytest.mark.parametrize(("z", "x", "y"), [(3, 8, 0), (3, 0, 8), (16, 0, 0)])
def test_a_tile_outside_the_world_is_refused(z: int, x: int, y: int) -> None:
    """Also one closer than the data go."""
    with pytest.raises(TileOutside):
        require_on_map(get_basemap("city"), z, x, y)


def test_the_shelf_is_not_endless(crossroads: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest tiles go when there are too many."""
    monkeypatch.setattr("gis_dispatch.maps.tiles.KEPT_TILES", 2)
    basemap, shelf = get_basemap("city"), TileShelf(crossroads.store.reads)
    for z in (10, 11, 12):
        shelf.tile(basemap, "v", *around(z))
    assert len(shelf._kept) == 2
