"""An operator answers a call."""

from gis_dispatch.domain import call as calls
from gis_dispatch.domain.call import Call
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.errors import CallAlreadyAnswered, CallAlreadyEnded
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.moments import moment_of


def answer_call(house: House, actor: Actor, call_id: int) -> Call:
    """Stamp the answer; only one operator answers a call."""
    with house.store.transaction() as tx:
        call = tx.calls.get(call_id, lock=True)
        require_sample(actor, call.sample)
        if call.answered_at is not None:
            raise CallAlreadyAnswered(id=call.id)
        if call.ended_at is not None or call.disposition is not None:
            raise CallAlreadyEnded(id=call.id)
        require(calls.MACHINE, call.status, "answered", actor)
        at = moment_of(house, None, call.last_at)
        answered = tx.calls.update(call.id, answered_at=at, operator_id=actor.user_id)
        tx.events.append(actor, "call.answered", at, call_id=call.id)
        return answered
