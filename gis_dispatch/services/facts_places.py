"""What a file of facts says of a city (areas/) and of its procedure (procedures/)."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import Field, field_validator

from gis_dispatch.services.facts_models import Fact, Name

Lon = Annotated[float, Field(ge=-180, le=180)]
Lat = Annotated[float, Field(ge=-90, le=90)]


class Village(Fact):
    code: str = Field(pattern=r"^\d\d\.\d\d\.\d\d\.\d{4}$")
    name: Name
    postal_code: str | None = Field(default=None, pattern=r"^\d{5}$")


class District(Fact):
    code: str = Field(pattern=r"^\d\d\.\d\d\.\d\d$")
    name: Name
    villages: tuple[Village, ...]


class Area(Fact):
    """A city: its codes, names, and where its map opens."""

    code: str = Field(pattern=r"^\d\d\.\d\d$")
    name: Name
    province: Name
    timezone: str
    bounds: tuple[Lon, Lat, Lon, Lat]
    centre: tuple[Lon, Lat]
    districts: tuple[District, ...]

    @field_validator("timezone")
    @classmethod
    def _exists(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"{value!r} is not a time zone; write it like Asia/Pontianak")
        return value

    @field_validator("districts")
    @classmethod
    def _nested(cls, districts: tuple[District, ...]) -> tuple[District, ...]:
        for district in districts:
            for village in district.villages:
                if not village.code.startswith(district.code + "."):
                    raise ValueError(f"{village.code} does not lie in {district.code}")
        return districts


class ProcedureStep(Fact):
    number: int = Field(ge=1)
    label_id: Name
    label_en: Name
    who: Literal["public", "operator", "dispatcher", "crew"]
    done_when: tuple[str, ...] = Field(min_length=1)


class Procedure(Fact):
    """An SOP: its number, what it stands on, its steps."""

    number: Name
    title_id: Name
    title_en: Name
    owner: Name
    in_force_since: date
    legal_bases: tuple[str, ...]
    steps: tuple[ProcedureStep, ...] = Field(min_length=1)

    @field_validator("steps")
    @classmethod
    def _counted(cls, steps: tuple[ProcedureStep, ...]) -> tuple[ProcedureStep, ...]:
        if [step.number for step in steps] != list(range(1, len(steps) + 1)):
            raise ValueError("steps are numbered 1, 2, 3 … in order")
        return steps
