"""What the facts about readiness may say: skills, supplies, crews, how long checks hold."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from gis_dispatch.services.facts_models import Fact, Name, Slug

Days = Annotated[int, Field(ge=1, le=3660)]
Number = Annotated[int, Field(ge=1, le=20)]
SupplyKind = Literal["fuel", "water", "oxygen"]


class Skill(Fact):
    """What people can do; the words are roles as crews write them."""

    name_id: Name
    name_en: Name
    words: tuple[str, ...] = ()


class Supply(Fact):
    """What a vehicle runs out of."""

    name_id: Name
    name_en: Name
    least_percent: int = Field(ge=0, le=100)
    old_after_h: int = Field(ge=1, le=24 * 365)


class Crew(Fact):
    """Who must be on a unit of one type, and which supplies it carries."""

    needs: dict[Slug, Number]
    supplies: tuple[SupplyKind, ...] = ()


class Readiness(Fact):
    """Everything a unit is judged by before it is sent."""

    vehicle_days: Days
    skills: dict[Slug, Skill]
    supplies: dict[SupplyKind, Supply]
    crews: dict[Slug, Crew]
    checks: dict[str, Days] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> "Readiness":
        for code, crew in self.crews.items():
            for skill in crew.needs:
                if skill not in self.skills:
                    raise ValueError(f"{code}: skill {skill!r} is not listed above it")
            for supply in crew.supplies:
                if supply not in self.supplies:
                    raise ValueError(f"{code}: supply {supply!r} is not listed above it")
        return self
