"""Everything about one incident that one viewer may see, as the consoles show it."""

from gis_dispatch.domain.allowed import incident_verbs, next_steps, referral_verbs
from gis_dispatch.domain.incident import OVER
from gis_dispatch.domain.people import CREW, DISPATCHER, LEAD_OPERATOR, OPERATOR, Actor
from gis_dispatch.domain.procedure import procedure_line
from gis_dispatch.domain.timeline import case_intervals
from gis_dispatch.ports import House, Row
from gis_dispatch.services.stamps import stamps_of

CALLER_FIELDS = ("caller_name", "caller_number")


def read_incident(house: House, id: int, viewer: Actor) -> Row:
    """One incident with its calls, referrals, assignments, procedure, intervals and verbs."""
    reads = house.store.reads
    incident = {**reads.one("get_incident", id=id), **reads.one("get_incident_detail", id=id)}
    calls = reads.all("list_calls_of_incident", incident_id=id)
    referrals = reads.all("list_referrals_of_incident", incident_id=id)
    assignments = reads.all("list_assignments_of_incident", incident_id=id)
    if viewer.only_agency is not None:
        referrals = [_without_work(r, viewer.only_agency) for r in referrals]
        assignments = [a for a in assignments if a["unit"]["agency_code"] == viewer.only_agency]
    checks = reads.all("list_readiness_checks", incident_id=id)
    stamps = stamps_of(incident, calls, referrals, checks, assignments)
    status = incident["status"]
    detail = {
        **incident,
        "calls": calls,
        "referrals": [
            {**r, "allowed": referral_verbs(r["status"], r["agency"], viewer)}
            if status not in OVER
            else {**r, "allowed": []}
            for r in referrals
        ],
        "assignments": [
            {
                **a,
                "next_steps": next_steps(
                    a["status"], a["unit"]["agency_code"], a["unit"]["id"], viewer
                ),
            }
            for a in assignments
        ],
        "procedure": procedure_line(
            house.procedure, stamps, over=status in OVER and status != "closed"
        ),
        "intervals": case_intervals(incident["received_at"], calls, assignments),
        "allowed": incident_verbs(
            status, incident["location"]["verified"], incident["unit_count"], viewer
        ),
    }
    return detail if _may_see_caller(detail, viewer) else _without_caller(detail)


def _without_work(referral: Row, only_agency: str) -> Row:
    """That another agency was asked is known to a private brigade; what it lacks is not."""
    if referral["agency"]["code"] == only_agency:
        return referral
    return {**referral, "readiness": None, "hand_back_reason": None, "completion_note": None}


def _may_see_caller(detail: Row, viewer: Actor) -> bool:
    """Operators always; an agency while it was asked for help; a crew while it was sent."""
    if viewer.role in {OPERATOR, LEAD_OPERATOR}:
        return True
    if viewer.role == DISPATCHER:
        return any(r["agency"]["code"] == viewer.agency_code for r in detail["referrals"])
    if viewer.role == CREW:
        return any(a["unit"]["id"] == viewer.unit_id for a in detail["assignments"])
    return False


def _without_caller(detail: Row) -> Row:
    hidden = dict.fromkeys(CALLER_FIELDS)
    return {**detail, **hidden, "calls": [{**call, **hidden} for call in detail["calls"]]}
