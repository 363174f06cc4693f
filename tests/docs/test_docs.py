"""The documents do not lie: settings, layers, commands and links are what the code says."""

import re
import shlex
from pathlib import Path

import click
import pytest
from pydantic_core import PydanticUndefined

from gis_dispatch.cli import main
from gis_dispatch.consoles.api.admin_imports import IMPORTS as IMPORTED
from gis_dispatch.maps.basemaps import Basemap
from gis_dispatch.maps.drawing import AreaGroup, LineGroup, Numbers, PlaceGroup, RoadGroup
from gis_dispatch.maps.layers import Layer, StyleCase
from gis_dispatch.maps.other_basemaps import read_online
from gis_dispatch.services.import_agencies import AGENCIES
from gis_dispatch.services.import_equipment import EQUIPMENT
from gis_dispatch.services.import_people import PEOPLE
from gis_dispatch.services.import_rows import KIND_COLUMN, RowKind
from gis_dispatch.services.import_shifts import SHIFTS
from gis_dispatch.services.import_stations import STATIONS
from gis_dispatch.services.import_units import UNITS
from gis_dispatch.services.import_villages import VILLAGES
from gis_dispatch.services.manage_stations import STATION_KINDS
from gis_dispatch.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROW = re.compile(r"^\| (?P<first>`[^|]+) \| (?P<second>[^|]+) \|", re.MULTILINE)
NAME = re.compile(r"`([^`]+)`")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows_of(text: str) -> list[tuple[str, str]]:
    return [(row["first"].strip(), row["second"].strip()) for row in ROW.finditer(text)]


def test_every_setting_is_in_the_reference_with_its_default() -> None:
    told = {
        NAME.findall(first)[0]: second for first, second in rows_of(text_of("docs/settings.md"))
    }
    expected = {}
    for name, field in Settings.model_fields.items():
        default = field.default
        if default is PydanticUndefined:
            expected[f"GIS_DISPATCH_{name.upper()}"] = None  # worked out when it starts
        elif default is None:
            expected[f"GIS_DISPATCH_{name.upper()}"] = "–"
        else:
            said = str(default).lower() if isinstance(default, bool) else str(default)
            expected[f"GIS_DISPATCH_{name.upper()}"] = f"`{said}`"
    assert told.keys() == expected.keys()
    for name, default in expected.items():
        assert default is None or told[name] == default, name


def test_every_key_of_a_layer_is_in_the_reference() -> None:
    layer, style = text_of("docs/layers.md").split("Each of `[[styles]]`")
    keys = {name for first, _ in rows_of(layer) for name in NAME.findall(first)}
    assert keys == set(Layer.model_fields) - {"id"}
    keys = {name for first, _ in rows_of(style) for name in NAME.findall(first)}
    assert keys == set(StyleCase.model_fields)


def test_the_example_layer_is_one(tmp_path: Path) -> None:
    import tomllib

    example = text_of("docs/layers.md").split("```toml\n")[1].split("```")[0]
    Layer.model_validate({"id": "hydrants", **tomllib.loads(example)})


def test_every_key_of_a_basemap_is_in_the_reference() -> None:
    own, _, rest = text_of("docs/basemaps.md").partition("## A file of tiles")
    told = {name for first, _ in rows_of(own) for name in NAME.findall(first)}
    assert told == set(Basemap.model_fields) - {"id"}
    grouped = {first.strip("`"): line for first, line in rows_of(own)}
    for name, group in {
        "areas": AreaGroup, "lines": LineGroup, "places": PlaceGroup, "roads": RoadGroup,
        "numbers": Numbers,
    }.items():  # fmt: skip
        assert set(group.model_fields) <= set(re.findall(r"\w+", grouped[name])), name
    shipped = {name for first, _ in rows_of(rest) for name in NAME.findall(first)}
    files = {path.name for path in (ROOT / "basemaps").glob("*.toml")}
    assert files == {*shipped, "city.toml"}


def test_the_example_basemap_is_one(tmp_path: Path) -> None:
    example = text_of("docs/basemaps.md").split("```toml\n")[1].split("```")[0]
    (tmp_path / "foto.toml").write_text(example, encoding="utf-8")
    assert read_online(tmp_path / "foto.toml").online


IMPORTS: list[tuple[str, RowKind]] = [
    ("pos", STATIONS), ("unit", UNITS), ("instansi", AGENCIES), ("petugas", PEOPLE),
    ("peralatan", EQUIPMENT), ("giliran", SHIFTS), ("kelurahan", VILLAGES),
]  # fmt: skip


@pytest.mark.parametrize(("head", "kind"), IMPORTS)
def test_every_column_of_an_import_is_in_the_guide(head: str, kind: RowKind) -> None:
    guide = text_of("docs/administrator.md")
    part = guide.split(f"| {head} | juga boleh")[1].split("\n\n")[0]
    for name, others in kind.columns.items():
        assert f"`{name}`" in part, name
        for other in others:
            assert f"`{other}`" in part, other


def test_every_kind_of_row_and_of_station_is_in_the_guide() -> None:
    guide = text_of("docs/administrator.md")
    words = [
        word
        for _head, kind in IMPORTS
        if kind in IMPORTED["sheet"]
        for word in (kind.code, *kind.words)
    ]
    assert [one for one in (*STATION_KINDS, KIND_COLUMN, *words) if f"`{one}`" not in guide] == []


def commands_in(text: str) -> list[str]:
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(r"`(script/[^`…]+)`", text)
    return [
        line.split("  #")[0].strip() for line in [*lines, *inline] if line.startswith("script/")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists(page: Path) -> None:
    for line in commands_in(page.read_text(encoding="utf-8")):
        script, *words = shlex.split(line)
        path = ROOT / script
        assert path.is_file(), line
        assert path.stat().st_mode & 0o100, line
        if script == "script/cli":
            check_command(words, line)


def check_command(words: list[str], line: str) -> None:
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        found = command.get_command(context, name)
        assert found is not None, line
        command = found
    options = {name for parameter in command.params for name in parameter.opts}
    for word in words:
        if word.startswith("--"):
            assert word in options, line


def test_the_readme_shows_the_two_commands() -> None:
    found = commands_in(text_of("README.md"))
    assert found[:2] == ["script/server", "script/test"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_file_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target
    for target in re.findall(r"`((?:gis_dispatch|sql|web|docs|layers)/[\w./-]*)`", text):
        assert (ROOT / target).exists() or target == "layers/hydrants.toml", target


def test_every_room_has_its_floor_in_the_architecture() -> None:
    text = text_of("ARCHITECTURE.md")
    rooms = [path.parent.name for path in (ROOT / "gis_dispatch").glob("*/__init__.py")]
    missing = [room for room in rooms if f"`{room}" not in text]
    assert missing == []
