"""How a vector basemap is drawn: colours by night and by day, widths, names."""

from typing import Annotated, Literal

from pydantic import Field

from gis_dispatch.maps.files import Colour, Facts, Text, Zoom

Stops = Annotated[tuple[tuple[float, float], ...], Field(min_length=2)]
"""[[screen zoom, pixels], …]"""
Pixels = Annotated[int, Field(ge=8, le=40)]


class Themed(Facts):
    """One colour by night and one by day."""

    dark: Colour
    light: Colour


class Ink(Facts):
    """A colour to write with, and the one around it."""

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


class Fill(Facts):
    fill: Colour
    edge: Colour | None = None


class RoadGroup(Facts):
    """Road classes that are drawn alike."""

    classes: tuple[Text, ...]
    from_zoom: Zoom
    names_from: Zoom
    width: Stops
    text_px: Pixels
    dash: tuple[float, float] | None = None
    dark: Stroke
    light: Stroke


class AreaGroup(Facts):
    """Classes of one kind of area that are drawn alike."""

    kind: Literal["water", "green", "ground", "building"]
    classes: tuple[Text, ...] = ()
    """None: all of the kind that no other group names."""
    from_zoom: Zoom
    names_from: Zoom | None = None
    text_px: Pixels = 13
    text: Themed | None = None
    dark: Fill
    light: Fill


class LineGroup(Facts):
    """Classes of waterways or railways that are drawn alike."""

    kind: Literal["waterway", "railway", "coastline"]
    classes: tuple[Text, ...] = Field(min_length=1)
    from_zoom: Zoom
    names_from: Zoom | None = None
    text_px: Pixels = 13
    text: Themed | None = None
    width: Stops
    dash: tuple[float, float] | None = None
    """Of its colour, on its casing."""
    dark: Stroke
    light: Stroke


class PlaceGroup(Facts):
    """Kinds of places whose names are written alike."""

    kinds: tuple[Text, ...] = Field(min_length=1)
    from_zoom: Zoom
    to_zoom: Zoom
    text_px: Pixels
    weight: int = Field(ge=100, le=900)


class Numbers(Facts):
    """House numbers."""

    from_zoom: Zoom
    text_px: Pixels
    text: Themed
