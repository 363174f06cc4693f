"""What a layer file says: its query, who sees it, and how each feature is drawn."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, PositiveInt, model_validator

from gis_dispatch import assets
from gis_dispatch.maps.files import Colour, Facts, QueryName, Text, ZoomRange, read_facts
from gis_dispatch.maps.refusals import LayerNotYours, LayerUnknown

Role = Literal["operator", "lead_operator", "dispatcher", "crew", "planner", "administrator"]


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
    refresh: Literal["live", "once"] | PositiveInt
    """Live (an event redraws it), once, or every so many seconds."""
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
        return self

    def used_properties(self) -> set[str]:
        """The properties that its query must return, because drawing uses them."""
        used = {name for case in self.styles for name in case.when}
        return used | {name for name in (self.label, self.weight) if name}


def read_layer(path: Path) -> Layer:
    """The layer that one file describes; its id is the file's name."""
    return read_facts(path, Layer, id=path.stem)


@cache
def list_layers() -> tuple[Layer, ...]:
    """Every layer of this installation, in the order of their file names."""
    return tuple(read_layer(path) for path in sorted(assets.folder("layers").glob("*.toml")))


def layers_for(role: str) -> list[Layer]:
    """The layers that a role sees."""
    return [layer for layer in list_layers() if role in layer.roles]


def get_layer(id: str, role: str) -> Layer:
    """The layer of this id for this role, or a refusal that says what would be right."""
    for layer in list_layers():
        if layer.id == id:
            if role not in layer.roles:
                raise LayerNotYours(id=id)
            return layer
    raise LayerUnknown(id=id, known=", ".join(layer.id for layer in layers_for(role)))
