"""A road is open again."""

from gis_dispatch.domain.closure import Closure
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import ClosureAlreadyLifted
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample


def lift_closure(house: House, actor: Actor, closure_id: int) -> Closure:
    """End a closure now; it stays in the record."""
    with house.store.transaction() as tx:
        closure = tx.closures.get(closure_id, lock=True)
        require_sample(actor, closure.sample)
        if closure.lifted_at is not None:
            raise ClosureAlreadyLifted
        now = house.clock.now()
        lifted = tx.closures.update(closure.id, lifted_at=now)
        tx.events.append(
            actor, "closure.lifted", now, closure_id=closure.id, data={"reason": closure.reason}
        )
        return lifted
