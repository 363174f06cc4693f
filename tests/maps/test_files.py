"""Layers and basemaps are files of facts: what nobody reads is refused, with file and key."""

from pathlib import Path

import pytest

from gis_dispatch import assets
from gis_dispatch.maps.basemaps import list_basemaps, read_basemap
from gis_dispatch.maps.layers import list_layers, read_layer
from gis_dispatch.maps.refusals import MapFileWrong

LAYER = (assets.folder("layers") / "stations.toml").read_text(encoding="utf-8")
BASEMAP = (assets.folder("basemaps") / "city.toml").read_text(encoding="utf-8")


def test_every_file_is_read() -> None:
    """Those that ship, and no two with one name."""
    assert {layer.id for layer in list_layers()} == {
        "closures",
        "coverage_disaster",
        "coverage_fire",
        "coverage_medical",
        "districts",
        "hazards",
        "heat",
        "hydrants",
        "incident_history",
        "incidents",
        "stations",
        "tracks",
        "units",
        "villages",
    }
    assert [basemap.id for basemap in list_basemaps()] == ["city"]


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('shape = "point"', 'shape = "point"\ncolor = "red"', "color"),
        ('shape = "point"', 'shape = "circle"', "shape"),
        ('colour = "#e5322c"', 'colour = "red"', "styles.0.colour"),
        ("zoom = [10, 22]", "zoom = [22, 10]", "zoom"),
        ('query = "layer_stations"', 'query = "drop table"', "query"),
        ("refresh = 300", "refresh = 0", "refresh"),
        ("refresh = 300", 'refresh = 300\nevents = ["unit"]', "-"),
    ],
)
def test_a_wrong_layer_is_refused_by_file_and_key(
    tmp_path: Path, before: str, after: str, key: str
) -> None:
    """The sentence says where to look."""
    assert before in LAYER
    file = tmp_path / "posts.toml"
    file.write_text(LAYER.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(MapFileWrong) as refused:
        read_layer(file)
    assert refused.value.fields["file"] == "posts.toml"
    assert str(refused.value.fields["key"]).startswith(key)


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('licence = "ODbL-1.0"\n', "", "licence"),
        ('attribution = "© OpenStreetMap contributors"\n', "", "attribution"),
        ("online = false", "online = false\nurl = 'x'", "url"),
        ('"service", ', '"service", "primary", ', "-"),
        ("classes = []", 'classes = ["path"]', "-"),
    ],
)
def test_a_wrong_basemap_is_refused(tmp_path: Path, before: str, after: str, key: str) -> None:
    """Without attribution or licence nothing is drawn; a class belongs to one group."""
    assert before in BASEMAP
    file = tmp_path / "own.toml"
    file.write_text(BASEMAP.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(MapFileWrong) as refused:
        read_basemap(file)
    assert refused.value.fields["key"] == key


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    """The parser's own words are kept."""
    file = tmp_path / "broken.toml"
    file.write_text('title_id = "x"\nquery = \n', encoding="utf-8")
    with pytest.raises(MapFileWrong, match="line 2"):
        read_layer(file)


def test_icons_are_drawn() -> None:
    """Every icon that a layer names is in the sprite."""
    sprite = (assets.folder("web") / "static/icons.svg").read_text(encoding="utf-8")
    for layer in list_layers():
        for case in layer.styles:
            assert f'id="{case.icon}"' in sprite, (layer.id, case.icon)


def test_lower_zooms_draw_fewer_classes() -> None:
    """Motorways always, alleys only from close by."""
    roads = list_basemaps()[0]
    assert roads.shown_classes(0) == ["motorway", "motorway_link", "trunk", "trunk_link"]
    assert set(roads.shown_classes(10)) < set(roads.shown_classes(13))
    assert not roads.shows_others(10)
    assert roads.shows_others(15)
