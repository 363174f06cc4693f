"""Shapes of response plans, and of the places for which they hold."""

from typing import Any

from pydantic import Field

from gis_dispatch.consoles.api.shapes import Body, Shape


class PlanItem(Body):
    """Who goes, able to do what, and how many."""

    agency: str
    role: str
    capability: str | None = None
    number: int = 1
    alarm: int = Field(default=1, description="From which alarm on this counts.")


class Plan(Shape):
    """Who goes to a kind of emergency, somewhere or everywhere."""

    id: int
    kind: str
    priority: int | None
    district_code: str | None
    village_code: str | None
    area_id: int | None
    place_name: str | None
    items: list[PlanItem]


class PlanPlace(Shape):
    """A district or village for which a plan may hold."""

    level: str
    code: str
    name: str
    district: str | None


class PlanArea(Shape):
    """An area, drawn or imported, for which a plan may hold."""

    id: int
    name: str
    geometry: dict[str, Any]
    size_m2: float
    plan_count: int


class PlanAreas(Shape):
    """Every such area."""

    items: list[PlanArea]


class PlanAreaBody(Body):
    """An area's name and outline: GeoJSON Polygon or MultiPolygon, or features of them."""

    name: str
    geometry: dict[str, Any]


class Plans(Shape):
    """Every response plan, and the capabilities and places a plan may name."""

    items: list[Plan]
    capabilities: list[str]
    places: list[PlanPlace]
    areas: list[PlanArea]


class PlanBody(Body):
    """The plan for a kind; without a priority or place for every one."""

    kind: str
    priority: int | None = None
    district_code: str | None = None
    village_code: str | None = None
    area_id: int | None = None
    items: list[PlanItem] = Field(max_length=50)
