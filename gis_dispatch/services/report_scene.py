"""A crew tells what it finds: how many people are hurt, what is damaged, and photos of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from gis_dispatch.domain.assignment import REPORTERS, Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.photo import Photo
from gis_dispatch.domain.scene import COUNTED, MOST, counted
from gis_dispatch.domain.words import word
from gis_dispatch.errors import Conflict, RoleMayNot
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.assigning import record_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import number_in, optional_text
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.not_taken import refusals_kept
from gis_dispatch.services.taken_once import by_key, first_time

MOST_PHOTOS = 40


class TooManyPhotos(Conflict):
    """This assignment has {most} photos already. Keep further ones on the phone."""


class NotOnScene(Conflict):
    """{unit} has not been at the scene of this incident, so it cannot report from there."""


def report_counts(
    house: House,
    actor: Actor,
    assignment_id: int,
    counts: Mapping[str, int],
    *,
    counted_at: datetime | None = None,
    note: str | None = None,
    key: UUID | None = None,
) -> None:
    """Keep one count; counts before stay in the record, the newest of each unit is shown."""
    numbers = {name: counts.get(name, 0) for name in COUNTED}
    for name, number in numbers.items():
        number_in(name, number, 0, MOST)
    note = optional_text("note", note)
    kept = refusals_kept(house, actor, assignment_id, "counts", counted_at, key)
    with kept, house.store.transaction() as tx:
        assignment = _reported_from(tx, actor, assignment_id)
        if not first_time(house, tx, actor, key, "counts"):
            return
        at = moment_of(house, counted_at, assignment.on_scene_at)
        tx.one(
            "add_scene_count",
            incident_id=assignment.incident_id,
            assignment_id=assignment.id,
            unit_id=assignment.unit_id,
            counted_at=at,
            entered_at=house.clock.now(),
            by=actor.user_id,
            note=note,
            **numbers,
        )
        data = {"counts": counted(numbers), "note": note, **by_key(key)}
        record_assignment(tx, actor, assignment, "counted", at, data)


def keep_photo(
    house: House,
    actor: Actor,
    assignment_id: int,
    photo: Photo,
    *,
    taken_at: datetime | None = None,
    lon: float | None = None,
    lat: float | None = None,
    key: UUID | None = None,
) -> None:
    """Keep one photo; it may be of the way there, so any time since the unit was sent will do."""
    number_in("lon", lon, -180, 180)
    number_in("lat", lat, -90, 90)
    kept = refusals_kept(house, actor, assignment_id, "photo", taken_at, key)
    with kept, house.store.transaction() as tx:
        _incident, assignment = lock_assignment(tx, assignment_id)
        _require_reporter(tx, actor, assignment)
        if not first_time(house, tx, actor, key, "photo"):
            return
        if tx.value("count_photos", assignment_id=assignment.id) >= MOST_PHOTOS:
            raise TooManyPhotos(most=MOST_PHOTOS)
        at = moment_of(house, taken_at, assignment.dispatched_at, field="taken_at")
        photo_id = tx.value(
            "add_photo",
            incident_id=assignment.incident_id,
            assignment_id=assignment.id,
            unit_id=assignment.unit_id,
            taken_at=at,
            entered_at=house.clock.now(),
            by=actor.user_id,
            lon=lon,
            lat=lat,
            width=photo.width,
            height=photo.height,
            content=photo.content,
            small=photo.small,
        )
        record_assignment(tx, actor, assignment, "photo", at, {"photo_id": photo_id, **by_key(key)})


def _reported_from(tx: Transaction, actor: Actor, assignment_id: int) -> Assignment:
    """The assignment of a unit that is or was at the scene."""
    _incident, assignment = lock_assignment(tx, assignment_id)
    _require_reporter(tx, actor, assignment)
    if assignment.on_scene_at is None:
        raise NotOnScene(unit=tx.units.get(assignment.unit_id).call_sign)
    return assignment


def _require_reporter(tx: Transaction, actor: Actor, assignment: Assignment) -> None:
    require_unit(tx, actor, assignment.unit_id)
    if actor.role not in REPORTERS:
        raise RoleMayNot(
            role=word(actor.role), machine=word("assignment"), to_status=word("scene_report")
        )
