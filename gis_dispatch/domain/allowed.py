"""What a viewer may do now with an incident, a referral or an assignment, as verbs.

The same state tables that refuse an act decide whether it is offered.
"""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain import assignment as assignments
from gis_dispatch.domain import incident as incidents
from gis_dispatch.domain import referral as referrals
from gis_dispatch.domain.people import CREW, DISPATCHER, LEAD_OPERATOR, OPERATOR, Actor
from gis_dispatch.domain.referral import NEIGHBOUR
from gis_dispatch.domain.states import OPERATORS, steps_for

INCIDENT_VERBS = {
    "verified": "verify",
    "cancelled": "cancel",
    "duplicate": "duplicate",
    "out_of_area": "transfer",
    "closed": "close",
    "reopened": "reopen",
}
REFERRAL_VERBS = {
    "acknowledged": "acknowledge",
    "ready": "readiness",
    "not_ready": "readiness",
    "accepted": "accept",
    "handed_back": "hand-back",
    "completed": "complete",
}


def incident_verbs(status: str, verified: bool, units_out: int, viewer: Actor) -> list[str]:
    """Verbs for an incident."""
    verbs = []
    operator = viewer.role in OPERATORS
    for step in steps_for(incidents.MACHINE, status, viewer):
        verb = "reopen" if status == "duplicate" else INCIDENT_VERBS.get(step)
        if verb in {"cancel", "duplicate", "transfer"} and units_out:
            continue
        if verb and operator and verb not in verbs:
            verbs.append(verb)
    if operator and status not in incidents.OVER:
        verbs += ["change", "relocate", "link"]
        if verified and status in incidents.REFERABLE:
            verbs.append("refer")
    if status not in incidents.OVER and (operator or viewer.role == DISPATCHER):
        verbs.append("rank")
        if verified:
            verbs.append("alarm")
    return verbs


def referral_verbs(status: str, agency: Mapping[str, Any], viewer: Actor) -> list[str]:
    """Verbs for a referral; a dispatcher has none for another agency's.

    For a neighbour, which has no desk here, 112 notes what it said.
    """
    if agency["kind"] == NEIGHBOUR:
        told = viewer.role in {OPERATOR, LEAD_OPERATOR} and status in referrals.OPEN
        return ["neighbour"] if told else []
    if viewer.role == OPERATOR or (
        viewer.role == DISPATCHER and viewer.agency_code != agency["code"]
    ):
        return []
    verbs = [REFERRAL_VERBS[step] for step in steps_for(referrals.MACHINE, status, viewer)]
    if status == "accepted" and viewer.role in assignments.SENDERS:
        verbs.append("assign")
    return list(dict.fromkeys(verbs))


def next_steps(status: str, agency_code: str, unit_id: int, viewer: Actor) -> list[str]:
    """The steps this viewer may report for an assignment."""
    if viewer.role == DISPATCHER and viewer.agency_code != agency_code:
        return []
    if viewer.role == CREW and viewer.unit_id != unit_id:
        return []
    steps = steps_for(assignments.MACHINE, status, viewer)
    return [step for step in steps if step in assignments.STEPS]
