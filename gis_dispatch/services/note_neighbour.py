"""112 notes what a neighbour said on the telephone: told, coming, not coming, done.

A neighbour has no desk here. Its referral takes the same steps as every other one, each with the
name of who spoke for it.
"""

from datetime import datetime

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.errors import BadInput, Conflict
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.complete_referral import finish
from gis_dispatch.services.hand_back_referral import give_back
from gis_dispatch.services.inputs import choice, optional_text, required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.referring import is_neighbour, lock_own_referral, move_referral

TOLD, ACCEPTED, DECLINED, DONE = "told", "accepted", "declined", "done"
ANSWERS = (TOLD, ACCEPTED, DECLINED, DONE)


class NotANeighbour(Conflict):
    """{agency} has a desk of its own here: it answers itself."""


class NeighbourNotComing(BadInput):
    """{field}: {agency} has not said yet that it comes."""


class NeighbourIsComing(BadInput):
    """{field}: {agency} said already that it comes. Note when it is done."""


def note_neighbour(
    house: House,
    actor: Actor,
    referral_id: int,
    *,
    answer: str,
    spoke_with: str,
    note: str | None = None,
) -> Referral:
    """One telephone call; what it skipped (it was told, it is ready) happened in the same call."""
    choice("answer", answer, ANSWERS)
    spoke_with = required_text("spoke_with", spoke_with, 120)
    note = required_text("note", note) if answer == DECLINED else optional_text("note", note)
    with house.store.transaction() as tx:
        incident, referral = lock_own_referral(tx, actor, referral_id)
        agency = tx.one("find_agency", code=referral.agency_code)["short_name"]
        if not is_neighbour(tx, referral.agency_code):
            raise NotANeighbour(agency=agency)
        at = moment_of(house, None, referral.last_at)
        said = {"spoke_with": spoke_with, "note": note}
        if answer == DONE:
            if referral.status != "accepted":
                raise NeighbourNotComing(field="answer", agency=agency)
            return finish(tx, house, actor, incident, referral, f"{spoke_with}: {note or '-'}")
        if referral.status == "accepted":
            raise NeighbourIsComing(field="answer", agency=agency)
        if answer == TOLD or referral.status == "sent":
            referral = move_referral(
                tx, actor, referral, "acknowledged", at, data=said, acknowledged_at=at
            )
        if answer == TOLD:
            return referral
        referral = _checked(tx, actor, referral, at, spoke_with, note, coming=answer == ACCEPTED)
        if answer == DECLINED:
            return give_back(tx, house, actor, incident, referral, f"{spoke_with}: {note}")
        return move_referral(tx, actor, referral, "accepted", at, data=said, accepted_at=at)


def _checked(
    tx: Transaction,
    actor: Actor,
    referral: Referral,
    at: datetime,
    spoke_with: str,
    note: str | None,
    *,
    coming: bool,
) -> Referral:
    """Its readiness as it was told: nobody here has looked at its crew or its vehicles."""
    missing = None if coming else note
    check = {
        **dict.fromkeys(("crew_ok", "equipment_ok", "vehicle_ok", "ready"), coming),
        "missing": missing,
        "note": spoke_with,
    }
    tx.referrals.add_check(referral.id, checked_at=at, checked_by=actor.user_id, **check)
    status = "ready" if coming else "not_ready"
    if referral.status == status:
        return referral
    return move_referral(
        tx,
        actor,
        referral,
        status,
        at,
        evidence=("readiness_check",),
        data={**check, "spoke_with": spoke_with},
        ready_at=at if coming else None,
    )
