"""Chat about an incident, or within the shift of a desk: what is said stays in the event record."""

from datetime import datetime, timedelta
from uuid import UUID

from gis_dispatch.domain.people import CREW, Actor
from gis_dispatch.errors import DeskNotYours
from gis_dispatch.ports import House, Row
from gis_dispatch.services.desks import desk_of, person
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.taken_once import by_key, first_time

LONGEST = 2000
MOST = 500
UNREAD_FOR = timedelta(days=2)
"""What was said longer ago calls nobody any more."""


def channel_of(incident_id: int | None, agency: str | None) -> str:
    """The name under which it is remembered how far somebody has read."""
    return f"shift:{agency or ''}" if incident_id is None else f"incident:{incident_id}"


def shift_of(actor: Actor) -> str | None:
    """The desk whose shift somebody talks in; a crew has none."""
    if actor.role == CREW:
        raise DeskNotYours
    return desk_of(actor)


def say(
    house: House,
    actor: Actor,
    text: str,
    incident_id: int | None = None,
    occurred_at: datetime | None = None,
    *,
    key: UUID | None = None,
) -> None:
    """Say something to everybody who may see the incident, or to the own shift.

    A phone without a signal tells later what was written, with the time at which it was.
    """
    text = required_text("text", text, LONGEST)
    agency = shift_of(actor) if incident_id is None else None
    with house.store.transaction() as tx:
        began_at = None
        if incident_id is not None:
            began_at = tx.incidents.get(incident_id).received_at
        if not first_time(house, tx, actor, key, "chat"):
            return
        said = {"text": text, "role": actor.role, "of_agency": actor.agency_code}
        tx.events.append(
            actor,
            "chat.said",
            moment_of(house, occurred_at, began_at),
            incident_id=incident_id,
            agency_code=agency,
            data=said | by_key(key),
        )


def read_chat(house: House, actor: Actor, incident_id: int | None, after: int | None) -> Row:
    """What was said, in order, and up to where this person has read."""
    agency = shift_of(actor) if incident_id is None else None
    reads = house.store.reads
    return {
        "items": reads.all(
            "list_chat", incident_id=incident_id, agency=agency, after=after, most=MOST
        ),
        "read_up_to": reads.value(
            "chat_read_up_to", user_id=actor.user_id, channel=channel_of(incident_id, agency)
        ),
    }


def mark_read(house: House, actor: Actor, event_id: int, incident_id: int | None = None) -> None:
    """This person has read up to a message."""
    agency = shift_of(actor) if incident_id is None else None
    with house.store.transaction() as tx:
        tx.run(
            "put_chat_read",
            user_id=person(actor),
            channel=channel_of(incident_id, agency),
            event_id=event_id,
        )


def list_unread(house: House, actor: Actor, *, sees_all: bool) -> list[Row]:
    """Where others said something this person has not read yet, the newest first."""
    crew = actor.role == CREW
    return house.store.reads.all(
        "list_unread_chat",
        user_id=actor.user_id,
        since=house.clock.now() - UNREAD_FOR,
        sees_all=sees_all,
        agency=None if crew else desk_of(actor),
        unit_id=actor.unit_id if crew else None,
        room=not crew and desk_of(actor) is None,
    )
