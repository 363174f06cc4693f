"""Referrals: an agency acknowledges, checks its readiness, accepts or hands back, completes."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_acts import (
    NeighbourCall,
    Note,
    ReadinessCheck,
    Reason,
    ReferralQuery,
    TimeCorrection,
)
from gis_dispatch.consoles.api.shapes_incidents import Referral, Referrals
from gis_dispatch.consoles.api.viewing import agency_seen, referral_answer, with_allowed
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.complete_referral import complete_referral
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.hand_back_referral import hand_back_referral
from gis_dispatch.services.note_neighbour import note_neighbour
from gis_dispatch.services.take_back_referral import take_back_referral

blueprint = resource("referrals", "Referrals")


@blueprint.get("/referrals", responses={200: Referrals})
@needs("referrals.read")
def list_referrals(query: ReferralQuery) -> Row:
    """List referrals, newest first; a dispatcher sees those of the own agency."""
    rows = current_house().store.reads.all(
        "list_referrals", agency=agency_seen(query.agency), state=query.state
    )
    return {"items": [with_allowed(row) for row in rows]}


@blueprint.post("/referrals/<int:id>/acknowledge", responses={200: Referral})
@needs("referrals.handle")
def acknowledge(path: IdPath) -> Row:
    """Say that the agency has seen it."""
    acknowledge_referral(current_house(), current_actor(), path.id)
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/readiness", responses={200: Referral})
@needs("referrals.handle")
def readiness(path: IdPath, body: ReadinessCheck) -> Row:
    """Record the check of crew, equipment and vehicle."""
    check_readiness(current_house(), current_actor(), path.id, **body.model_dump())
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/accept", responses={200: Referral})
@needs("referrals.handle")
def accept(path: IdPath) -> Row:
    """Take it on."""
    accept_referral(current_house(), current_actor(), path.id)
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/hand-back", responses={200: Referral})
@needs("referrals.handle")
def hand_back(path: IdPath, body: Reason) -> Row:
    """Give it back to the operator, with the reason."""
    hand_back_referral(current_house(), current_actor(), path.id, body.reason)
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/complete", responses={200: Referral})
@needs("referrals.handle")
def complete(path: IdPath, body: Note) -> Row:
    """Say that the agency has finished; its units must be cleared."""
    complete_referral(current_house(), current_actor(), path.id, body.note)
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/neighbour", responses={200: Referral})
@needs("referrals.neighbour")
def neighbour(path: IdPath, body: NeighbourCall) -> Row:
    """Note what a neighbour of the city said on the telephone, and who said it."""
    note_neighbour(current_house(), current_actor(), path.id, **body.model_dump())
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/undo", responses={200: Referral})
@needs("referrals.handle")
def undo(path: IdPath) -> Row:
    """Take back the last step, within a minute, if you entered it."""
    take_back_referral(current_house(), current_actor(), path.id)
    return referral_answer(path.id)


@blueprint.post("/referrals/<int:id>/corrections", responses={200: Referral})
@needs("times.correct")
def correct(path: IdPath, body: TimeCorrection) -> Row:
    """Correct a time that was entered wrongly; both values stay in the record."""
    correct_time(current_house(), current_actor(), "referral", path.id, **body.model_dump())
    return referral_answer(path.id)
