"""What a basemap file says: where its tiles come from, and how each class of road is drawn."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from gis_dispatch import assets
from gis_dispatch.maps.files import Colour, Facts, QueryName, Text, ZoomRange, read_facts
from gis_dispatch.maps.refusals import LayerUnknown


class Themed(Facts):
    """One colour by night and one by day."""

    dark: Colour
    light: Colour


class Ink(Facts):
    colour: Colour
    halo: Colour


class Inks(Facts):
    dark: Ink
    light: Ink


class Stroke(Facts):
    fill: Colour
    casing: Colour
    thin: Colour | None = None
    """Its colour while it is too narrow for a casing."""


class RoadGroup(Facts):
    """Road classes that are drawn alike."""

    classes: tuple[Text, ...]
    from_zoom: int = Field(ge=0, le=22)
    names_from: int = Field(ge=0, le=22)
    width: tuple[tuple[float, float], ...] = Field(min_length=2)
    text_px: int = Field(ge=8, le=32)
    dash: tuple[float, float] | None = None
    dark: Stroke
    light: Stroke


class Basemap(Facts):
    """One basemap, as its file describes it."""

    id: str
    title_id: Text
    title_en: Text
    kind: Literal["vector"]
    online: bool
    attribution: Text
    licence: Text
    tiles: Text
    query: QueryName
    version_query: QueryName
    zoom: ZoomRange
    background: Themed
    text: Inks
    boundary: Themed
    station: Themed
    oneway: Themed
    roads: tuple[RoadGroup, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_class_once(self) -> "Basemap":
        named = [name for group in self.roads for name in group.classes]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise ValueError(f"drawn by two groups: {', '.join(twice)}")
        if sum(not group.classes for group in self.roads) != 1:
            raise ValueError("exactly one group of roads must have no classes: it takes the rest")
        return self

    def known_classes(self) -> list[str]:
        """Every class that some group names."""
        return [name for group in self.roads for name in group.classes]

    def shown_classes(self, zoom: int) -> list[str]:
        """The named classes that are drawn from this zoom of the data."""
        return [n for group in self.roads if group.from_zoom <= zoom for n in group.classes]

    def shows_others(self, zoom: int) -> bool:
        """Whether classes that no group names are drawn at this zoom."""
        return any(not group.classes and group.from_zoom <= zoom for group in self.roads)


def read_basemap(path: Path) -> Basemap:
    """The basemap that one file describes; its id is the file's name."""
    return read_facts(path, Basemap, id=path.stem)


@cache
def list_basemaps() -> tuple[Basemap, ...]:
    """Every basemap of this installation, in the order of their file names."""
    return tuple(read_basemap(path) for path in sorted(assets.folder("basemaps").glob("*.toml")))


def get_basemap(id: str) -> Basemap:
    """The basemap of this id, or a refusal that names those there are."""
    for basemap in list_basemaps():
        if basemap.id == id:
            return basemap
    raise LayerUnknown(id=id, known=", ".join(basemap.id for basemap in list_basemaps()))
