"""The caller hangs up."""

from gis_dispatch.domain import call as calls
from gis_dispatch.domain.call import Call
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.errors import CallAlreadyEnded
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.moments import moment_of


def end_call(house: House, actor: Actor, call_id: int) -> Call:
    """Stamp the end of the call; what it was about may still be open."""
    with house.store.transaction() as tx:
        call = tx.calls.get(call_id, lock=True)
        require_sample(actor, call.sample)
        if call.ended_at is not None:
            raise CallAlreadyEnded(id=call.id)
        require(calls.MACHINE, call.status, calls.ENDS[call.status], actor)
        at = moment_of(house, None, call.last_at)
        ended = tx.calls.update(call.id, ended_at=at)
        tx.events.append(actor, "call.ended", at, call_id=call.id)
        return ended
