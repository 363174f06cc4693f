"""Proposes what crews have not pressed yet: that they left, arrived or came back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from gis_dispatch.domain.from_position import Course, Proposal, Rules, Seen, propose
from gis_dispatch.domain.people import CREW, SYSTEM_ACTOR, Actor
from gis_dispatch.errors import Conflict
from gis_dispatch.ports import House, Row
from gis_dispatch.services.assigning import record_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.taken_once import by_key, first_time

LOOKED_AT = timedelta(minutes=15)
"""So much of a track is read; a stay that is older was proposed long ago."""


class NothingProposed(Conflict):
    """Nothing is proposed for this assignment any more."""


def propose_steps(house: House, rules: Rules, *, automatic: bool = False) -> int:
    """Look at every unit that is out; how many steps were proposed (or, automatic, taken)."""
    now = house.clock.now()
    with house.store.transaction() as tx:
        tx.all("settle_overtaken_proposals", at=now)
    # What is proposed already waits for people; until then its track is not read again and again.
    courses = [c for c in house.store.reads.all("open_courses") if c["proposal_id"] is None]
    tracks = _tracks(house, courses, now)
    made = 0
    for row in courses:
        found = propose(_course(row), tracks[row["unit_id"]], rules)
        if found is None or _is_declined(row, found):
            continue
        made += _take(house, row, found) if automatic else _propose(house, row, found, now)
    return made


def decline_step(
    house: House,
    actor: Actor,
    assignment_id: int,
    note: str | None = None,
    *,
    key: UUID | None = None,
) -> None:
    """The crew says that it is not so; the same stay does not propose it again."""
    note = optional_text("note", note)
    with house.store.transaction() as tx:
        _incident, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        if not first_time(house, tx, actor, key, "decline"):
            return
        now = house.clock.now()
        if not tx.run("decline_step_proposal", assignment_id=assignment_id, at=now):
            raise NothingProposed
        record_assignment(tx, actor, assignment, "declined", now, {"note": note, **by_key(key)})


def _tracks(house: House, courses: Sequence[Row], now: datetime) -> dict[int, list[Seen]]:
    """Of each unit what came after its newest stamp: what came before says nothing of it."""
    tracks: dict[int, list[Seen]] = defaultdict(list)
    oldest = now - LOOKED_AT
    since = {row["unit_id"]: max(row["last_at"], oldest) for row in courses}
    if not since:
        return tracks
    for row in house.store.reads.all(
        "tracks_since", unit_ids=list(since), since=list(since.values()), oldest=oldest
    ):
        flags = frozenset(row.pop("flags"))
        tracks[row.pop("unit_id")].append(Seen(**row, flags=flags))
    return tracks


def _course(row: Row) -> Course:
    home = None if row["home_lon"] is None else (row["home_lon"], row["home_lat"])
    return Course(row["status"], row["last_at"], (row["lon"], row["lat"]), home)


def _is_declined(row: Row, found: Proposal) -> bool:
    """Said not to be so."""
    declined_at = row["declined_at"]
    return declined_at is not None and found.at <= declined_at


def _propose(house: House, row: Row, found: Proposal, now: datetime) -> int:
    with house.store.transaction() as tx:
        _incident, assignment = lock_assignment(tx, row["assignment_id"])
        if assignment.status != row["status"]:
            return 0
        added = tx.run(
            "add_step_proposal",
            assignment_id=assignment.id,
            step=found.step,
            seen_at=found.at,
            lon=found.lon,
            lat=found.lat,
            at=now,
        )
        if added:
            data = {"step": found.step, "lon": found.lon, "lat": found.lat}
            record_assignment(tx, SYSTEM_ACTOR, assignment, "proposed", found.at, data)
        return added


def _take(house: House, row: Row, found: Proposal) -> int:
    """By setting, a position is as good as the crew's word; the record says that it was one."""
    device = Actor(None, SYSTEM_ACTOR.name, CREW, unit_id=row["unit_id"], source="device")
    try:
        report_step(house, device, row["assignment_id"], found.step, found.at)
    except Conflict:
        # Somebody pressed it, or called the unit back, while we looked.
        return 0
    return 1
