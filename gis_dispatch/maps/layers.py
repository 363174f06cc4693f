"""What a layer file says: its query, who sees it, and how each feature is drawn."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PositiveInt, StringConstraints, model_validator

from gis_dispatch import assets
from gis_dispatch.maps.files import Colour, Facts, QueryName, Text, ZoomRange, read_facts

Role = Literal[
    "operator", "lead_operator", "dispatcher", "crew", "planner", "administrator", "wall"
]  # fmt: skip
EventKind = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)?$")]

UPLOADED = "upload-"
"""What the id of an uploaded layer begins with, and that of a file never."""


class StyleCase(Facts):
    """How features look whose properties equal `when`; without `when`, all others."""

    when: dict[str, str | int | bool] = Field(default_factory=dict)
    name_id: Text
    name_en: Text
    colour: Colour
    icon: Text


class Layer(Facts):
    """One map layer, as its file describes it."""

    id: str
    title_id: Text
    title_en: Text
    shape: Literal["point", "line", "polygon", "any"]
    query: QueryName
    served: Literal["geojson", "tiles"] = "geojson"
    """Whole, as GeoJSON, or as vector tiles: what is too much to be sent at once."""
    state: QueryName | None = None
    """The query that names the state of the data; a kept tile is good for as long as it says so."""
    refresh: Literal["live", "once"] | PositiveInt
    """Live (an event redraws it), once, or every so many seconds."""
    events: tuple[EventKind, ...] = ()
    """The events that redraw a live layer, by what their kind begins with; none named: any."""
    shown: bool = True
    """Whether it is on the map before a person has chosen."""
    roles: tuple[Role, ...] = Field(min_length=1)
    zoom: ZoomRange
    label: Text | None = None
    weight: Text | None = None
    """The property that says how strongly a feature is drawn, 0 to 1."""
    styles: tuple[StyleCase, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _everything_is_drawn(self) -> "Layer":
        if self.styles[-1].when:
            raise ValueError("the last of [[styles]] must have no `when`: it draws all others")
        if any(not case.when for case in self.styles[:-1]):
            raise ValueError("only the last of [[styles]] may be without `when`")
        return self

    @model_validator(mode="after")
    def _events_are_heard(self) -> "Layer":
        if self.events and self.refresh != "live":
            raise ValueError('`events` needs refresh = "live"')
        return self

    def used_properties(self) -> set[str]:
        """The properties that its query must return, because drawing uses them."""
        used = {name for case in self.styles for name in case.when}
        return used | {name for name in (self.label, self.weight) if name}


def read_layer(path: Path) -> Layer:
    """The layer that one file describes; its id is the file's name."""
    return read_facts(path, Layer, id=path.stem)


def layer_files() -> list[Path]:
    """The files of this installation, in the order of their names."""
    return sorted(assets.folder("layers").glob("*.toml"))


@cache
def list_layers() -> tuple[Layer, ...]:
    """Every layer that a file of this installation describes."""
    return tuple(read_layer(path) for path in layer_files())
