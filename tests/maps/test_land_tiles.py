"""Tiles show the land that came with the roads, and change when another network comes."""

import gzip
from pathlib import Path

from gis_dispatch.maps.basemaps import get_basemap
from gis_dispatch.maps.tiles import TileShelf
from gis_dispatch.roads.sources import FileSource
from tests.maps.mvt import layers
from tests.maps.test_tiles import around
from tests.roads.installing import Installation
from tests.roads.test_land import installation, land_file  # noqa: F401 - fixtures

LON, LAT = 108.982, 0.9105
CITY = get_basemap("city")


def drawn(shelf: TileShelf, zoom: int) -> dict[str, list[dict[str, object]]]:
    made = shelf.tile(CITY, shelf.version(CITY), *around(zoom, LON, LAT))
    return layers(gzip.decompress(made.body))


def test_a_tile_shows_what_is_worth_seeing_at_its_zoom(
    installation: Installation,  # noqa: F811
    land_file: Path,  # noqa: F811
) -> None:
    installation.take_in(FileSource(land_file, "Kota"))
    shelf = TileShelf(installation.store.reads)
    near, far = drawn(shelf, 15), drawn(shelf, 12)
    assert {(area["kind"], area["class"]) for area in near["areas"]} == {("water", "water")}
    assert len(near["buildings"]) == 1
    assert {name["name"] for name in drawn(shelf, 13)["area_names"]} == {"Danau"}
    assert {line["name"] for line in near["lines"]} == {"Sungai Singkawang"}
    assert "14A" in {number["number"] for number in near["numbers"]}
    assert "buildings" not in far
    assert "numbers" not in far
    assert {place["name"] for place in far["places"]} == {"Pasiran"}


def test_another_network_is_seen_in_the_same_tile(
    installation: Installation,  # noqa: F811
    land_file: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Also the same roads with other land, whose version is the same."""
    installation.take_in(FileSource(land_file, "Kota"))
    shelf = TileShelf(installation.store.reads)
    before = shelf.version(CITY)
    assert drawn(shelf, 14)["buildings"]
    bare = tmp_path / "again" / land_file.name
    bare.parent.mkdir()
    text = land_file.read_text(encoding="utf-8")
    bare.write_text(text.replace('k="building"', 'k="ruin"'), encoding="utf-8")
    installation.take_in(FileSource(bare, "Kota"))
    assert shelf.version(CITY) != before
    assert "buildings" not in drawn(shelf, 14)
