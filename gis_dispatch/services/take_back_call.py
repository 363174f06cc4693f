"""Within a minute, who answered, hung up or closed a call takes it back."""

from gis_dispatch.domain import call as calls
from gis_dispatch.domain.call import Call
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.last_steps import step_to_take_back

FROM = {"answered": "waiting", "missed": "waiting", "ended": "answered"}


def take_back_call(house: House, actor: Actor, call_id: int) -> Call:
    """The call stands where it stood: ringing, on the line, or hung up."""
    with house.store.transaction() as tx:
        call = tx.calls.get(call_id, lock=True)
        require_sample(actor, call.sample)
        step = step_to_take_back(house, tx, actor, calls.MACHINE, call.status, call_id=call.id)
        to = FROM.get(call.status) or step["data"]["from"]
        changes: dict[str, object] = {"disposition": None}
        if to in {"waiting", "answered"}:
            changes["ended_at"] = None
        if to in {"waiting", "missed"}:
            changes |= {"answered_at": None, "operator_id": None}
        back = tx.calls.update(call.id, **changes)
        data = {
            "step": call.status,
            "to": to,
            "stamp": step["occurred_at"].isoformat(),
            "answered_at": back.answered_at.isoformat() if back.answered_at else None,
            "ended_at": back.ended_at.isoformat() if back.ended_at else None,
        }
        tx.events.append(actor, "call.undone", house.clock.now(), call_id=call.id, data=data)
        return back
