"""Shapes of what people send about incidents, referrals and assignments."""

from typing import Literal

from pydantic import AwareDatetime, Field, field_validator

from gis_dispatch.consoles.api.shapes import Body, KeptReport, Query
from gis_dispatch.domain.incident import OPEN, OVER

STATUSES = ("open", "all", *sorted(OPEN | OVER))


class NewIncident(Body):
    """What the operator has heard, and where it is."""

    call_id: int | None = None
    kind: str
    priority: int | None = Field(
        default=None, description="1 (most urgent) to 4; default: the kind's."
    )
    description: str = ""
    needs: str | None = None
    lon: float
    lat: float
    accuracy_m: float | None = None
    method: str = "pin"
    address: str | None = None
    caller_name: str | None = None
    caller_number: str | None = None
    verified: bool = False
    sample: bool = False


class IncidentChange(Body):
    """Fields of an incident to change; what is left out stays as it is."""

    kind: str | None = None
    priority: int | None = None
    description: str | None = None
    needs: str | None = None
    caller_name: str | None = None
    caller_number: str | None = None
    version: int | None = Field(default=None, description="The version you looked at.")


class NewLocation(Body):
    """A better place for an incident; the one before stays in its history."""

    lon: float
    lat: float
    accuracy_m: float | None = None
    method: str = "pin"
    address: str | None = None


class LinkCall(Body):
    """A call that is about this incident."""

    call_id: int


class Duplicate(Body):
    """The incident that this one repeats."""

    of_incident_id: int


class Reason(Body):
    """Why."""

    reason: str


class Transfer(Body):
    """To whom an incident outside our area was handed, and why."""

    to: str
    reason: str


class ClosingReport(Body):
    """The operator's closing report."""

    outcome: str
    summary: str
    casualties: dict[str, int] | None = None


class NewReferrals(Body):
    """The agencies to hand an incident to."""

    agencies: list[str]
    note: str | None = None
    verified: bool = Field(default=False, description="Verify the incident in the same act.")


class NewAssignments(Body):
    """The units to send."""

    referral_id: int
    unit_ids: list[int]
    recommendation_id: int | None = Field(
        default=None, description="The ranking by which they are sent."
    )
    overrule_reason: str | None = Field(
        default=None,
        description="Needed where other units are sent than that ranking recommended: one that it "
        "left out, another one while the first is not sent, or one outside the recommended set.",
    )


class NeighbourCall(Body):
    """One telephone call with a neighbour of the city."""

    answer: Literal["told", "accepted", "declined", "done"]
    spoke_with: str = Field(description="Who spoke for it.")
    note: str | None = Field(default=None, description="Needed where it declined: why.")


class ReadinessCheck(Body):
    """What the agency found when it looked at crew, equipment and vehicle."""

    crew_ok: bool
    equipment_ok: bool
    vehicle_ok: bool
    ready: bool
    missing: str | None = None
    note: str | None = None


class TimeCorrection(Body):
    """A time that was entered wrongly: which one, what it really was, and why."""

    stamp: str = Field(description="The name of the time, as it is read: on_scene_at, …")
    to: AwareDatetime
    reason: str


class Note(Body):
    """A few words."""

    note: str | None = None


class Alarm(Body):
    """To which alarm; lowering it needs a reason."""

    level: int
    reason: str | None = None


class KeptNote(KeptReport):
    """A few words, when they were said."""

    note: str | None = None


class StepReport(KeptReport):
    """A step that a crew has taken, when it happened."""

    step: str
    note: str | None = None


class StepUndo(KeptReport):
    """A step to take back, when that was said."""

    step: str | None = Field(default=None, description="Which one is meant; default: the last.")


class IncidentQuery(Query):
    """Which incidents."""

    status: str = Field(default="open", description="open, all, or one status.")
    bbox: str | None = Field(default=None, description="west,south,east,north")
    since: AwareDatetime | None = Field(default=None, alias="from", description="Received from.")
    until: AwareDatetime | None = Field(default=None, alias="to", description="Received before.")
    kind: str | None = Field(default=None, description="A kind, with its sub-kinds.")
    agency: str | None = None
    limit: int = Field(default=500, ge=1, le=5000)

    @field_validator("status")
    @classmethod
    def _known(cls, status: str) -> str:
        if status not in STATUSES:
            raise ValueError("use one of: " + ", ".join(STATUSES))
        return status

    @field_validator("bbox")
    @classmethod
    def _four_numbers(cls, text: str | None) -> str | None:
        if text is None:
            return None
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError as error:
            raise ValueError("write it as west,south,east,north") from error
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise ValueError("west must be less than east and south less than north")
        return text

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """The bounding box as numbers."""
        if self.bbox is None:
            return None
        west, south, east, north = (float(part) for part in self.bbox.split(","))
        return west, south, east, north


class NearbyQuery(Query):
    """Around which place, how far, and for what kind."""

    lon: float
    lat: float
    kind: str | None = None
    radius_m: float = Field(default=500, gt=0, le=20_000)


class ReferralQuery(Query):
    """Which referrals."""

    agency: str | None = None
    state: Literal["open", "all"] = "open"


class AssignmentQuery(Query):
    """Which assignments."""

    state: Literal["open", "all"] = "open"
    unit_id: int | None = None
