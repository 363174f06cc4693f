"""A report of a crew came and was refused: the record says so, with its time and the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import Conflict, Refusal, TimeInFuture, TimeRunsBackwards
from gis_dispatch.ports import House
from gis_dispatch.services.assigning import record_assignment
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.taken_once import by_key

OF_THE_CASE = (Conflict, TimeInFuture, TimeRunsBackwards)
"""What was refused for how the case stood; of a typing error and of a stranger it says nothing."""


@contextmanager
def refusals_kept(
    house: House,
    actor: Actor,
    assignment_id: int,
    what: str,
    given: datetime | None,
    key: UUID | None,
) -> Iterator[None]:
    """Whatever a phone sends with a key is told by an event: of the report, or of its refusal.

    Who reports at a screen reads the refusal there; what a phone had kept was pressed and gone by.
    """
    try:
        yield
    except OF_THE_CASE as refusal:
        if key is not None:
            _keep(house, actor, assignment_id, what, given, key, refusal)
        raise


def _keep(
    house: House,
    actor: Actor,
    assignment_id: int,
    what: str,
    given: datetime | None,
    key: UUID,
    refusal: Refusal,
) -> None:
    """Once, however often it is sent: the lock on the assignment lets one look at a time."""
    with house.store.transaction() as tx:
        incident, assignment = lock_assignment(tx, assignment_id)
        if tx.value("count_refusals_kept", incident_id=incident.id, report=str(key)):
            return
        now = house.clock.now()
        # The time of the phone is kept as it is; the record's own order stays within the case.
        at = min(max(given or now, assignment.dispatched_at), now)
        data = {
            "what": what,
            "given": (given or now).isoformat(),
            "refusal": refusal.told(),
            **by_key(key),
        }
        record_assignment(tx, actor, assignment, "not_taken", at, data)
