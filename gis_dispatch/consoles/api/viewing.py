"""What a viewer may see: one's own agency's or unit's incidents; callers where work needs them."""

from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import may
from gis_dispatch.domain.allowed import next_steps, referral_verbs
from gis_dispatch.domain.people import CREW, DISPATCHER
from gis_dispatch.errors import AssignmentNotFound, IncidentNotFound
from gis_dispatch.ports import Row

# What somebody sees whose role is bound to an agency or unit, but who was given none.
NO_AGENCY = ""
NO_UNIT = 0


def agency_seen(asked: str | None) -> str | None:
    """The agency to list for: a dispatcher's own, whatever was asked."""
    actor = current_actor()
    return (actor.agency_code or NO_AGENCY) if actor.role == DISPATCHER else asked


def unit_seen(asked: int | None) -> int | None:
    """The unit to list for: a crew's own, whatever was asked."""
    actor = current_actor()
    return (actor.unit_id or NO_UNIT) if actor.role == CREW else asked


def require_incident_visible(incident_id: int) -> None:
    """To those it was never handed to, an incident does not exist."""
    actor = current_actor()
    if actor.role not in {DISPATCHER, CREW}:
        return
    bound_to_agency = actor.role == DISPATCHER
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
    if current_actor().only_agency not in (None, row["unit"]["agency_code"]):
        raise AssignmentNotFound(id=id)
    require_incident_visible(row["incident_id"])
    return with_next_steps(row)


def with_allowed(referral: Row) -> Row:
    """A referral with what this viewer may do with it now."""
    verbs = referral_verbs(referral["status"], referral["agency"], current_actor())
    return {**referral, "allowed": verbs}


def with_next_steps(assignment: Row) -> Row:
    """An assignment with the steps this viewer may report next."""
    unit, proposal = assignment["unit"], assignment["proposal"]
    steps = next_steps(assignment["status"], unit["agency_code"], unit["id"], current_actor())
    # Until the worker has noticed that a step was taken, its proposal is still there.
    still = proposal is not None and proposal["step"] in steps
    return {**assignment, "next_steps": steps, "proposal": proposal if still else None}
