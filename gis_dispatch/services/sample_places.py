"""Kelurahan and an area with a plan of its own for the sample city, so that both can be tried."""

from typing import Annotated

from pydantic import Field

from gis_dispatch import assets
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.ports import House
from gis_dispatch.services.facts_files import read
from gis_dispatch.services.facts_models import Fact, Name, Plan
from gis_dispatch.services.manage_plan_areas import put_plan_area
from gis_dispatch.services.manage_plans import put_plan

OUTERMOST_M = 2500
"""How far the city goes beyond the middles of its outermost villages."""
Code = Annotated[str, Field(pattern=r"^00\.00(\.\d+)+$")]
"""No real place has such a code."""


class District(Fact):
    code: Code
    name: Name


class Village(Fact):
    code: Code
    name: Name
    lon: float
    lat: float


class PlanArea(Fact):
    name: Name
    ring: list[list[float]]


class SamplePlaces(Fact):
    district: District
    villages: tuple[Village, ...]
    area: PlanArea
    plans: tuple[Plan, ...]


def load_sample_places(house: House) -> int:
    """Draw the villages around their middles, and the area with its plans; how many villages."""
    places = read(assets.facts("sample_city/places.toml"), SamplePlaces)
    with house.store.transaction() as tx:
        tx.run("load_districts", rows=[places.district.model_dump()])
        tx.run(
            "load_sample_villages",
            district_code=places.district.code,
            rows=[village.model_dump() for village in places.villages],
            outermost_m=OUTERMOST_M,
        )
    ring = {"type": "Polygon", "coordinates": [places.area.ring]}
    area_id = put_plan_area(house, SYSTEM_ACTOR, None, name=places.area.name, geometry=ring)
    for plan in places.plans:
        put_plan(
            house,
            SYSTEM_ACTOR,
            kind=plan.kind,
            priority=plan.priority,
            area_id=area_id,
            items=[item.model_dump() for item in plan.items],
        )
    return len(places.villages)
