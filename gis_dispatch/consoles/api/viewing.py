"""What a viewer may see: one's own agency's or unit's incidents; callers where work needs them."""

from typing import Any

from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import may
from gis_dispatch.domain import assignment as assignments
from gis_dispatch.domain import referral as referrals
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import steps_for
from gis_dispatch.errors import IncidentNotFound
from gis_dispatch.ports import Row

BOUND_TO_AGENCY = "dispatcher"
BOUND_TO_UNIT = "crew"


def agency_seen(asked: str | None) -> str | None:
    """The agency to list for: a dispatcher's own, whatever was asked."""
    actor = current_actor()
    return actor.agency_code if actor.role == BOUND_TO_AGENCY else asked


def unit_seen(asked: int | None) -> int | None:
    """The unit to list for: a crew's own, whatever was asked."""
    actor = current_actor()
    return actor.unit_id if actor.role == BOUND_TO_UNIT else asked


def require_incident_visible(incident_id: int) -> None:
    """To those it was never handed to, an incident does not exist."""
    actor = current_actor()
    if actor.role not in {BOUND_TO_AGENCY, BOUND_TO_UNIT}:
        return
    bound_to_agency = actor.role == BOUND_TO_AGENCY
    if not current_house().store.reads.value(
        "viewer_may_see_incident",
        incident_id=incident_id,
        agency=actor.agency_code if bound_to_agency else None,
        unit_id=None if bound_to_agency else actor.unit_id,
    ):
        raise IncidentNotFound(id=incident_id)


def without_callers(row: Row) -> Row:
    """The same record without who called, for those who may not see that."""
    if may(current_actor().role, "callers.see"):
        return row
    return {**row, **{name: None for name in ("caller_name", "caller_number") if name in row}}


def call_answer(id: int) -> Row:
    """One call as this viewer may see it."""
    return without_callers(current_house().store.reads.one("get_call", id=id))


def referral_answer(id: int) -> Row:
    """One referral as this viewer may see it."""
    row = current_house().store.reads.one("get_referral", id=id)
    require_incident_visible(row["incident_id"])
    return with_allowed(row)


def assignment_answer(id: int) -> Row:
    """One assignment as this viewer may see it."""
    row = current_house().store.reads.one("get_assignment", id=id)
    require_incident_visible(row["incident_id"])
    return with_next_steps(row)


def with_allowed(referral: Row) -> Row:
    """A referral with what this viewer may do with it now."""
    return {**referral, "allowed": _referral_acts(referral, current_actor())}


def with_next_steps(assignment: Row) -> Row:
    """An assignment with the steps this viewer may report next."""
    return {**assignment, "next_steps": _next_steps(assignment, current_actor())}


# What a referral may become, as the acts of this API that bring it there.
ACTS = {
    "acknowledged": "acknowledge",
    "ready": "readiness",
    "not_ready": "readiness",
    "accepted": "accept",
    "handed_back": "hand-back",
    "completed": "complete",
}


def _referral_acts(referral: Row, actor: Actor) -> list[str]:
    if actor.role == BOUND_TO_AGENCY and referral["agency"]["code"] != actor.agency_code:
        return []
    steps = steps_for(referrals.MACHINE, referral["status"], actor)
    acts = [ACTS[step] for step in steps]
    if referral["status"] == "accepted" and may(actor.role, "assignments.make"):
        acts.append("assign")
    return list(dict.fromkeys(acts))


def _next_steps(assignment: Row, actor: Actor) -> list[str]:
    unit: dict[str, Any] = assignment["unit"]
    if actor.role == BOUND_TO_AGENCY and unit["agency_code"] != actor.agency_code:
        return []
    if actor.role == BOUND_TO_UNIT and unit["id"] != actor.unit_id:
        return []
    steps = steps_for(assignments.MACHINE, assignment["status"], actor)
    return [step for step in steps if step in assignments.STEPS]
