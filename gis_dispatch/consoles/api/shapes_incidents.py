"""Shapes of incidents, referrals and assignments as they are answered."""

from typing import Any

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Call, Location, Shape
from gis_dispatch.consoles.api.shapes_units import Eta


class AgencyOnIncident(Shape):
    """One agency that was asked for help, and how far it is."""

    code: str
    short_name: str
    referral_status: str


class Incident(Shape):
    """What is happening at one place."""

    id: int
    number: str
    kind: str
    kind_name_id: str
    kind_name_en: str
    icon: str | None
    priority: int
    status: str
    description: str | None
    location: Location
    received_at: AwareDatetime
    age_s: float
    call_count: int
    agencies: list[AgencyOnIncident]
    unit_count: int
    version: int
    sample: bool
    alarm_level: int = Field(description="How many alarms of its response plan count, 1 to 5.")


class Incidents(Shape):
    """A list of incidents, newest first."""

    items: list[Incident]


class AgencyOfReferral(Shape):
    """The agency that was asked for help."""

    code: str
    name: str
    short_name: str
    kind: str
    phone: str | None


class Readiness(Shape):
    """One check of crew, equipment and vehicle."""

    checked_at: AwareDatetime
    checked_by: str | None
    crew_ok: bool
    equipment_ok: bool
    vehicle_ok: bool
    ready: bool
    missing: str | None
    note: str | None


class ReferralClock(Shape):
    """The step that an agency owes now, and when it is due."""

    step: str = Field(description="acknowledge, check or decide")
    began_at: AwareDatetime
    allowed_s: int
    due_at: AwareDatetime
    level: int | None = Field(description="How far lateness has gone up; null: not late yet.")


class Referral(Shape):
    """One incident handed to one agency."""

    id: int
    incident_id: int
    incident_number: str
    agency: AgencyOfReferral
    role: str
    status: str
    note: str | None
    sent_at: AwareDatetime
    sent_by: str | None
    acknowledged_at: AwareDatetime | None
    ready_at: AwareDatetime | None
    accepted_at: AwareDatetime | None
    handed_back_at: AwareDatetime | None
    hand_back_reason: str | None
    completed_at: AwareDatetime | None
    completion_note: str | None
    readiness: Readiness | None
    clock: ReferralClock | None = Field(description="Null when the agency owes no step now.")
    allowed: list[str] = Field(description="What this viewer may do with it now.")


class Referrals(Shape):
    """A list of referrals."""

    items: list[Referral]


class UnitOnAssignment(Shape):
    """The unit that was sent."""

    id: int
    call_sign: str
    agency_code: str
    type_code: str
    icon: str | None


class StepProposal(Shape):
    """A step that the unit seems to have taken, judging by where it was then."""

    step: str
    seen_at: AwareDatetime


class Assignment(Shape):
    """One unit sent to one incident."""

    id: int
    incident_id: int
    incident_number: str
    referral_id: int
    unit: UnitOnAssignment
    status: str
    dispatched_at: AwareDatetime
    acknowledged_at: AwareDatetime | None
    en_route_at: AwareDatetime | None
    on_scene_at: AwareDatetime | None
    transporting_at: AwareDatetime | None
    at_hospital_at: AwareDatetime | None
    cleared_at: AwareDatetime | None
    cancelled_at: AwareDatetime | None
    cancel_reason: str | None
    eta: Eta | None
    proposal: StepProposal | None
    next_steps: list[str]


class Assignments(Shape):
    """A list of assignments."""

    items: list[Assignment]


class Step(Shape):
    """One step of the procedure, and whose turn it is."""

    number: int
    label_id: str
    label_en: str
    state: str = Field(description="done, current, waiting or skipped")
    at: AwareDatetime | None
    by: str | None
    whose_turn: str | None


class Delivery(Shape):
    """How far the delivery of the case to the data centre is."""

    queued_at: AwareDatetime
    delivered_at: AwareDatetime | None
    attempts: int
    last_error: str | None
    last_reason: str | None


class IncidentDetail(Incident):
    """Everything about one incident that this viewer may see."""

    needs: str | None
    caller_name: str | None
    caller_number: str | None
    calls: list[Call]
    referrals: list[Referral]
    assignments: list[Assignment]
    procedure: list[Step]
    intervals: dict[str, float | None]
    outcome: str | None
    summary: str | None
    casualties: dict[str, Any] | None
    closed_at: AwareDatetime | None
    duplicate_of: int | None
    delivery: Delivery | None
    allowed: list[str] = Field(description="What this viewer may do with it now.")


class NearbyIncident(Shape):
    """An open incident close by, with how likely it is the same one."""

    incident: Incident
    distance_m: float
    score: float
    reason_id: str
    reason_en: str


class NearbyIncidents(Shape):
    """Open incidents close to a place, likeliest first."""

    items: list[NearbyIncident]


class CapabilityNeeded(Shape):
    """What the response plan asks of an agency."""

    capability: str | None
    number: int


class ProposedAgency(Shape):
    """An agency that the response plan proposes."""

    code: str
    name: str
    short_name: str
    role: str
    needs: list[CapabilityNeeded]
    referred: bool = Field(description="Whether it already has the incident.")


class Proposal(Shape):
    """The agencies that the response plan proposes for an incident."""

    items: list[ProposedAgency]
    plan_why_id: str = Field(description="Which plan holds, and why that one.")
    plan_why_en: str
    alarm_level: int
    highest_alarm: int
