"""The agency has finished its part."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.errors import UnitsStillOut
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import referral_ended
from gis_dispatch.services.referring import lock_own_referral, move_referral


def complete_referral(
    house: House, actor: Actor, referral_id: int, note: str | None = None
) -> Referral:
    """All its units are cleared; when it was the last agency, the incident is resolved."""
    note = optional_text("note", note)
    with house.store.transaction() as tx:
        incident, referral = lock_own_referral(tx, actor, referral_id)
        return finish(tx, house, actor, incident, referral, note)


def finish(
    tx: Transaction,
    house: House,
    actor: Actor,
    incident: Incident,
    referral: Referral,
    note: str | None,
) -> Referral:
    """The same inside a transaction that holds both."""
    out = tx.all("list_units_out", incident_id=incident.id, referral_id=referral.id)
    if out:
        names = ", ".join(row["call_sign"] for row in out)
        raise UnitsStillOut(number=incident.number, units=names)
    at = moment_of(house, None, referral.last_at)
    completed = move_referral(
        tx,
        actor,
        referral,
        "completed",
        at,
        evidence=("units_done",),
        data={"note": note},
        completed_at=at,
        completion_note=note,
    )
    referral_ended(tx, actor, incident, at)
    return completed
