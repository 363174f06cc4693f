"""Coverage now: how much of every village's road the free units would reach in time."""

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Shape
from gis_dispatch.consoles.context import current_house, current_settings
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.read_coverage_now import read_coverage_now

blueprint = resource("coverage", "Coverage")


class Limit(Shape):
    """What is reached within one time, turnout and driving together."""

    limit_s: int
    road_m: float = Field(description="Length of road that a car may use.")
    by_one: float = Field(description="Share of it that at least one free unit reaches, 0 to 1.")
    by_two: float = Field(description="Share of it that at least two reach, 0 to 1.")


class VillageCoverage(Shape):
    """One village; those whose outline or roads are not known are left out."""

    code: str
    name: str | None
    district: str | None
    limits: list[Limit]


class GroupCoverage(Shape):
    """Units of which any one will do."""

    code: str
    name_id: str
    name_en: str
    made_at: AwareDatetime | None = Field(description="When it was reckoned; null: never yet.")
    confirmed_at: AwareDatetime | None = Field(description="When it was last found to hold.")
    age_s: float | None
    stale: bool = Field(description="It was not looked at for so long that it may not hold.")
    units: int = Field(description="How many units of the group are free.")
    limits: list[Limit] = Field(description="Of the whole road network, the standard first.")
    villages: list[VillageCoverage]


class Coverage(Shape):
    """Every group by which coverage is told."""

    standard_s: int
    groups: list[GroupCoverage]


@blueprint.get("/coverage", responses={200: Coverage})
@needs("coverage.read")
def coverage() -> Row:
    """Tell how much of each village the units that are free now reach in time."""
    return {
        "standard_s": current_settings().total_response_target_s,
        "groups": read_coverage_now(current_house().store.reads),
    }
