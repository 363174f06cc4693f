"""Basemaps beside our own: files of tiles that are dropped in, and online ones that are let in."""

import gzip
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import TileType

from gis_dispatch import assets
from gis_dispatch.consoles.security import policy
from gis_dispatch.maps.basemap_catalogue import Catalogue
from gis_dispatch.maps.other_basemaps import FileBasemap, OnlineBasemap, read_online
from gis_dispatch.maps.refusals import LayerUnknown, MapFileWrong, TileFileBroken
from gis_dispatch.maps.tile_files import open_tile_file
from tests.consoles.town import Town
from tests.tile_files import write_mbtiles, write_pmtiles

PICTURE = b"\x89PNG of the north"
VECTOR = b"\x1a\x05a vector tile"
SAID = {"name": "Foto udara 2025", "attribution": '<a href="x">Pemkot</a>', "format": "png"}


def mbtiles(path: Path, body: bytes = PICTURE, **said: str) -> Path:
    """One picture at 1/0/0."""
    return write_mbtiles(path, {(1, 0, 0): body}, SAID | said)


def pmtiles(path: Path, metadata: dict[str, Any], kind: TileType = TileType.MVT) -> Path:
    """One vector tile at 1/0/0."""
    return write_pmtiles(path, {(1, 0, 0): VECTOR}, metadata, kind)


LAYERS = {"name": "Kota", "attribution": "Dinas", "vector_layers": [{"id": "roads"}]}


def test_mbtiles_are_read_from_the_north_and_unpacked(tmp_path: Path) -> None:
    file = open_tile_file(mbtiles(tmp_path / "foto.mbtiles"))
    assert (file.title, file.format, file.zoom) == ("Foto udara 2025", "png", (1, 1))
    assert file.tile(1, 0, 0) == PICTURE
    assert file.tile(1, 0, 1) is None
    layers = json.dumps({"vector_layers": [{"id": "water"}, {"id": "roads"}]})
    packed = mbtiles(tmp_path / "v.mbtiles", gzip.compress(VECTOR), format="pbf", json=layers)
    vector = open_tile_file(packed)
    assert vector.layers == ("water", "roads")
    assert vector.tile(1, 0, 0) == VECTOR


def test_pmtiles_are_read(tmp_path: Path) -> None:
    file = open_tile_file(pmtiles(tmp_path / "kota.pmtiles", LAYERS))
    assert (file.title, file.attribution, file.format) == ("Kota", "Dinas", "pbf")
    assert file.layers == ("roads",)
    assert file.tile(1, 0, 0) == VECTOR
    assert file.tile(1, 1, 1) is None


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.mbtiles", b"not a database, but long enough to be read as one" * 20, "database"),
        ("a.mbtiles", b"", "metadata"),
        ("a.pmtiles", b"nothing like it" * 20, "PMTiles"),
        ("a.pmtiles", b"", "."),
    ],
)
def test_a_broken_file_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TileFileBroken, match=problem) as refused:
        open_tile_file(path)
    assert refused.value.fields["file"] == name


def test_files_say_whose_they_are_and_what_is_in_them(tmp_path: Path) -> None:
    with pytest.raises(TileFileBroken, match="attribution"):
        open_tile_file(mbtiles(tmp_path / "nobody.mbtiles", attribution=" "))
    with pytest.raises(TileFileBroken, match="vector_layers"):
        open_tile_file(pmtiles(tmp_path / "what.pmtiles", {"attribution": "Dinas"}))
    with pytest.raises(TileFileBroken, match="avif"):
        open_tile_file(pmtiles(tmp_path / "new.pmtiles", LAYERS, TileType.AVIF))


def test_files_appear_change_and_go_without_a_restart(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path, online=False)
    assert [basemap.id for basemap in catalogue.basemaps()] == ["city"]
    path = mbtiles(tmp_path / "foto.mbtiles")
    found = catalogue.basemaps()[1]
    assert isinstance(found, FileBasemap)
    assert (found.id, found.kind, found.attribution) == ("foto", "raster", "Pemkot")
    with sqlite3.connect(path) as base:
        base.execute("UPDATE metadata SET value = 'Foto 2026' WHERE name = 'name'")
    os.utime(path, (1, 1))
    changed = catalogue.basemaps()[1]
    assert (changed.title_id, catalogue.problems()) == ("Foto 2026", [])
    assert changed.tiles != found.tiles
    (tmp_path / "bad.pmtiles").write_bytes(b"?")
    assert "bad.pmtiles" in catalogue.problems()[0].sentence()
    path.unlink()
    with pytest.raises(LayerUnknown):
        catalogue.file("foto")


def test_online_maps_are_shown_only_where_they_are_let_in(tmp_path: Path) -> None:
    """And then pictures, nothing else, from the hosts that the files name."""
    assert Catalogue(tmp_path, online=False).hosts() == []
    catalogue = Catalogue(tmp_path, online=True)
    online = [one for one in catalogue.basemaps() if isinstance(one, OnlineBasemap)]
    assert [one.id for one in online] == ["aerial", "osm", "rbi"]
    said = {part.split()[0]: part.split()[1:] for part in policy(catalogue.hosts()).split("; ")}
    foreign = {name: [w for w in words if "." in w] for name, words in said.items()}
    assert foreign.pop("img-src") == [f"https://{host}" for host in catalogue.hosts()]
    assert not any(foreign.values())


OSM = (assets.folder("basemaps") / "osm.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('licence = "ODbL-1.0"\n', "", "licence"),
        ('attribution = "© OpenStreetMap contributors"\n', "", "attribution"),
        ("https://tile.", "http://tile.", "tiles"),
        ("/{z}/{x}/{y}.png", "/{z}/{x}.png", "tiles"),
        ("tile.openstreetmap.org", "tile.org:80", "tiles"),
        ("tile.openstreetmap.org", "*", "tiles"),
        ("tile.openstreetmap.org/", "a.org/ https://b.org/", "tiles"),
        ("online = true", "online = false", "online"),
    ],
)
def test_a_wrong_online_map_is_refused(tmp_path: Path, before: str, after: str, key: str) -> None:
    assert before in OSM
    path = tmp_path / "mine.toml"
    path.write_text(OSM.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(MapFileWrong) as refused:
        read_online(path)
    assert refused.value.fields["key"] == key
    assert Catalogue(tmp_path, online=True).problems()


def test_files_over_http(crossroads: Town) -> None:
    """A picture with its state, an empty answer beside it, what our own source lacks."""
    folder = crossroads.app.extensions["basemaps"].folder
    folder.mkdir(parents=True)
    mbtiles(folder / "foto.mbtiles")
    browser = crossroads.signed_in("operator")
    listed = browser.get("/layers").get_json()
    assert [one["id"] for one in listed["basemaps"]] == ["city", "foto"]
    assert "building" in listed["basemaps"][0]["lacks"]
    address = listed["basemaps"][1]["tiles"].format(z=1, x=0, y=0)
    picture = browser.client.get(address)
    assert (picture.data, picture.mimetype) == (PICTURE, "image/png")
    known = {"If-None-Match": picture.headers["ETag"]}
    assert browser.client.get(address, headers=known).status_code == 304
    assert browser.client.get("/tiles/files/foto/1/1/1").status_code == 204
    assert browser.client.get("/tiles/files/nothing/1/1/1").status_code == 404
    assert crossroads.app.test_client().get(address).status_code == 401
