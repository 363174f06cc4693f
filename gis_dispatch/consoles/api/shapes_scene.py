"""Shapes of what crews send from the scene: photos, counts; and of what is dangerous around it."""

from uuid import UUID

from flask_openapi3.models.file import FileStorage
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from gis_dispatch.consoles.api.shapes import KeptReport, Shape
from gis_dispatch.domain.scene import MOST


def _number(description: str) -> int:
    number: int = Field(default=0, ge=0, le=MOST, description=description)
    return number


class NewCounts(KeptReport):
    """What a crew counts at the scene; it takes the place of what it counted before."""

    dead: int = _number("People who have died.")
    badly_hurt: int = _number("People badly hurt.")
    lightly_hurt: int = _number("People lightly hurt.")
    missing: int = _number("People missing.")
    evacuated: int = _number("People brought to safety.")
    buildings: int = _number("Buildings damaged.")
    vehicles: int = _number("Vehicles damaged.")
    note: str | None = None


class SentPhoto(BaseModel):
    """A JPEG, PNG or WebP picture of at most 16 MB; only the picture itself is kept of it."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    file: FileStorage
    taken_at: AwareDatetime | None = Field(default=None, description="Default: now.")
    key: UUID | None = Field(
        default=None,
        description="Made by the phone: what is sent twice with one key is taken once.",
    )
    lon: float | None = Field(default=None, description="Where the phone was.")
    lat: float | None = Field(default=None, description="Where the phone was.")


class Photo(Shape):
    """A photo of the scene; the picture itself is at /photos/{id}."""

    id: int
    assignment_id: int
    call_sign: str
    taken_at: AwareDatetime
    entered_at: AwareDatetime
    taken_by: str | None
    lon: float | None
    lat: float | None
    width: int
    height: int


class Counts(Shape):
    """The newest count of one unit."""

    id: int
    assignment_id: int
    call_sign: str
    counted_at: AwareDatetime
    counted_by: str | None
    dead: int
    badly_hurt: int
    lightly_hurt: int
    missing: int
    evacuated: int
    buildings: int
    vehicles: int
    note: str | None


class Hazard(Shape):
    """A dangerous site or water for engines near the incident."""

    kind: str
    class_: str = Field(alias="class")
    name: str | None
    lon: float
    lat: float
    distance_m: float


class Scene(Shape):
    """What the crews of one incident have sent, and what is around it."""

    photos: list[Photo]
    counts: list[Counts]
    hazards: list[Hazard]
