"""Promises: what a desk told somebody it would do, and by when; kept, or taken back with a word."""

from datetime import datetime, timedelta

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import PromiseDueUnusable, PromiseEnded, PromiseNotFound
from gis_dispatch.ports import House
from gis_dispatch.services.desks import desk_of, person, require_desk
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.moments import TOLERANCE

LONGEST = 500
LONGEST_NAME = 120
FURTHEST = timedelta(days=365)


def make_promise(
    house: House,
    actor: Actor,
    *,
    promise: str,
    promised_to: str,
    due_at: datetime,
    incident_id: int | None = None,
) -> int:
    """Note what was promised, to whom and until when; the number of it."""
    promise = required_text("promise", promise, LONGEST)
    promised_to = required_text("promised_to", promised_to, LONGEST_NAME)
    with house.store.transaction() as tx:
        now = house.clock.now()
        if not now - TOLERANCE < due_at < now + FURTHEST:
            raise PromiseDueUnusable(field="due_at")
        if incident_id is not None:
            tx.incidents.get(incident_id)
        number = int(
            tx.value(
                "add_promise",
                agency=desk_of(actor),
                incident_id=incident_id,
                promise=promise,
                promised_to=promised_to,
                due_at=due_at,
                made_at=now,
                made_by=person(actor),
            )
        )
        tx.events.append(
            actor,
            "promise.made",
            now,
            incident_id=incident_id,
            agency_code=desk_of(actor),
            data={"promise_id": number, "note": promise, "due_at": due_at.isoformat()},
        )
    return number


def end_promise(house: House, actor: Actor, promise_id: int, outcome: str) -> None:
    """It was kept, or is not needed any more: what became of it."""
    outcome = required_text("outcome", outcome, LONGEST)
    with house.store.transaction() as tx:
        promise = tx.find("find_promise", id=promise_id)
        if promise is None:
            raise PromiseNotFound(id=promise_id)
        require_desk(actor, promise["agency_code"])
        if promise["ended_at"] is not None:
            raise PromiseEnded
        now = max(house.clock.now(), promise["made_at"])
        tx.run("end_promise", id=promise_id, ended_at=now, ended_by=person(actor), outcome=outcome)
        tx.events.append(
            actor,
            "promise.ended",
            now,
            incident_id=promise["incident_id"],
            agency_code=promise["agency_code"],
            data={"promise_id": promise_id, "note": f"{promise['promise']} – {outcome}"},
        )
