"""The change of shifts: what is open, late, promised and out of service goes to another person.

What is handed over is kept as it was seen, sealed by a hash; who takes it over is another person.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import (
    HandoverNeedsAnother,
    HandoverNotFound,
    HandoverTaken,
)
from gis_dispatch.ports import House, Reads, Row
from gis_dispatch.services.desks import desk_of, person, require_desk
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.list_late_referrals import list_late_referrals

FIRST_SHIFT = timedelta(hours=12)
"""What a desk that never handed over counts from."""


def read_desk(house: House, agency: str | None) -> Row:
    """A desk as it is now: everything that who comes next must know."""
    reads, now = house.store.reads, house.clock.now()
    last = _last(reads, agency)
    since = last["handed_at"] if last else None
    return {
        "agency_code": agency,
        "now": now,
        "since": since,
        "counts": reads.one("handover_counts", agency=agency, since=since or now - FIRST_SHIFT),
        "open": reads.all("handover_incidents", agency=agency),
        "late": list_late_referrals(house, agency),
        "promised": reads.all("list_promises", agency=agency, open=True),
        "out_of_service": reads.all("handover_units", agency=agency),
    }


def hand_over_shift(house: House, actor: Actor, note: str | None = None) -> int:
    """Hand over what the desk is now; the number of the record. It waits for who takes over."""
    note = optional_text("note", note)
    giver, agency = person(actor), desk_of(actor)
    picture = _plain(read_desk(house, agency))
    with house.store.transaction() as tx:
        now = house.clock.now()
        number = int(
            tx.value(
                "add_handover",
                agency=agency,
                since=picture["since"],
                handed_at=now,
                handed_by=giver,
                note=note,
                picture=picture,
                sha256=hashlib.sha256(_bytes(picture)).hexdigest(),
            )
        )
        tx.events.append(
            actor,
            "handover.given",
            now,
            agency_code=agency,
            data={"handover_id": number, "note": note},
        )
    return number


def take_shift(house: House, actor: Actor, handover_id: int, note: str | None = None) -> None:
    """Take a shift over; from now on the one who comes is responsible."""
    note = optional_text("note", note)
    taker = person(actor)
    with house.store.transaction() as tx:
        handover = tx.find("lock_handover", id=handover_id)
        if handover is None:
            raise HandoverNotFound(id=handover_id)
        require_desk(actor, handover["agency_code"])
        if handover["taken_at"] is not None:
            raise HandoverTaken
        if handover["handed_by"] == taker:
            raise HandoverNeedsAnother
        now = max(house.clock.now(), handover["handed_at"])
        tx.run("take_handover", id=handover_id, taken_at=now, taken_by=taker, taken_note=note)
        tx.events.append(
            actor,
            "handover.taken",
            now,
            agency_code=handover["agency_code"],
            data={"handover_id": handover_id, "note": note},
        )


def read_handover(house: House, actor: Actor, handover_id: int, *, anywhere: bool) -> Row:
    """One hand-over with what was seen then."""
    reads = house.store.reads
    found = reads.find("list_handovers", id=handover_id)
    if found is None:
        raise HandoverNotFound(id=handover_id)
    if not anywhere:
        require_desk(actor, found["agency_code"])
    return {**found, "picture": reads.value("handover_picture", id=handover_id)}


def _last(reads: Reads, agency: str | None) -> Row | None:
    return reads.find("list_handovers", agency=agency, most=1)


def _plain(picture: Row) -> Any:
    """As JSON keeps it: what is shown later is what was shown then."""
    return json.loads(_bytes(picture))


def _bytes(picture: Row) -> bytes:
    return json.dumps(picture, default=lambda value: value.isoformat(), sort_keys=True).encode()
