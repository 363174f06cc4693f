"""A call that makes no incident is closed by one key, and stays in the statistics."""

from gis_dispatch.domain import call as calls
from gis_dispatch.domain.call import NO_INCIDENT, Call
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.domain.words import word
from gis_dispatch.errors import CallAlreadyClosed, DispositionUnknown
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.moments import moment_of

ABANDONED = "terputus"


def close_call(
    house: House, actor: Actor, call_id: int, disposition: str, note: str | None = None
) -> Call:
    """Say what it was: silent, prank, information, wrong number or abandoned."""
    if disposition not in NO_INCIDENT:
        raise DispositionUnknown(
            field="disposition", given=disposition, allowed=", ".join(NO_INCIDENT)
        )
    with house.store.transaction() as tx:
        call = tx.calls.get(call_id, lock=True)
        require_sample(actor, call.sample)
        if call.disposition is not None:
            raise CallAlreadyClosed(id=call.id, disposition=word(call.disposition))
        require(calls.MACHINE, call.status, "closed", actor, ("disposition",))
        at = moment_of(house, None, call.last_at)
        changes: dict[str, object] = {
            "disposition": disposition,
            "note": optional_text("note", note) or call.note,
        }
        if call.ended_at is None:
            changes["ended_at"] = at
            # Who can say what a caller wanted has answered; nobody answers an abandoned call.
            if call.answered_at is None and disposition != ABANDONED:
                changes |= {"answered_at": at, "operator_id": actor.user_id}
                tx.events.append(actor, "call.answered", at, call_id=call.id)
        closed = tx.calls.update(call.id, **changes)
        tx.events.append(
            actor,
            "call.closed",
            at,
            call_id=call.id,
            data={"disposition": disposition, "from": call.status},
        )
        return closed
