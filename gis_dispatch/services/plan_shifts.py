"""Who is on which unit from when to when: one shift at a time, or a day as another day was."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from gis_dispatch.domain.duty import Unit
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.shifts import Span, spans_of_day
from gis_dispatch.errors import AgencyUnknown, TimeWithoutZone
from gis_dispatch.ports import House, Reads, Row, Transaction
from gis_dispatch.services.guards import require_agency, require_unit
from gis_dispatch.services.readiness_refusals import (
    NothingToCopy,
    PersonNotFound,
    PersonOfOtherAgency,
    PersonOnOtherUnit,
    ShiftUnusable,
)

LONGEST = timedelta(hours=72)


def put_shift(
    house: House,
    actor: Actor,
    unit_id: int,
    *,
    starts_at: datetime,
    ends_at: datetime,
    people: Sequence[int],
) -> None:
    """These people and nobody else are on the unit in that time; the plan around it stays."""
    span = usable_span(starts_at, ends_at)
    with house.store.transaction() as tx:
        unit = tx.units.get(unit_id, lock=True)
        require_unit(tx, actor, unit.id)
        for member_id in people:
            _require_person(tx, member_id, unit)
        write_shift(tx, house, actor, unit, span, people)


def copy_day(house: House, actor: Actor, agency: str, *, from_day: date, to_day: date) -> int:
    """Plans a day as another one was, on the same units at the same hours; how many shifts."""
    require_agency(actor, agency)
    with house.store.transaction() as tx:
        source = spans_of(tx, house, agency, from_day)
        moved = timedelta(days=(to_day - from_day).days)
        rows = tx.all(
            "list_shifts", agency=agency, since=source[0].starts_at, until=source[-1].ends_at
        )
        rows = [row for row in rows if row["starts_at"] >= source[0].starts_at]
        if not rows:
            raise NothingToCopy(field="from_day")
        planned: dict[tuple[int, datetime, datetime], list[int]] = {}
        for row in rows:
            key = (row["unit_id"], row["starts_at"], row["ends_at"])
            planned.setdefault(key, []).append(row["member_id"])
        for (unit_id, starts_at, ends_at), people in planned.items():
            unit = tx.units.get(unit_id, lock=True)
            span = Span(starts_at, ends_at).moved(moved, house.timezone)
            write_shift(tx, house, actor, unit, span, people)
        return len(planned)


def plan_usual(house: House, actor: Actor, agency: str, *, day: date, starts_at: datetime) -> int:
    """Puts on every unit of an agency its usual crew, for one shift that nobody planned yet."""
    require_agency(actor, agency)
    with house.store.transaction() as tx:
        spans = [s for s in spans_of(tx, house, agency, day) if s.starts_at == starts_at]
        if not spans:
            raise ShiftUnusable(field="starts_at")
        span, made = spans[0], 0
        taken = {
            row["unit_id"]
            for row in tx.all(
                "list_shifts", agency=agency, since=span.starts_at, until=span.ends_at
            )
        }
        for unit in tx.units.list(agency_code=agency, active=True):
            people = [row["id"] for row in tx.all("usual_crew", unit_id=unit.id)]
            if unit.id in taken or not people:
                continue
            write_shift(tx, house, actor, unit, span, people)
            made += 1
        return made


def spans_of(reads: Reads, house: House, agency: str, day: date) -> list[Span]:
    """The shifts of an agency that begin on a day."""
    starts = reads.value("find_shift_starts", agency=agency)
    if starts is None:
        raise AgencyUnknown(field="agency", given=agency)
    return spans_of_day(day, starts, house.timezone)


def usable_span(starts_at: datetime, ends_at: datetime) -> Span:
    """A time that has an end, with its zone."""
    for field, given in (("starts_at", starts_at), ("ends_at", ends_at)):
        if given.tzinfo is None:
            raise TimeWithoutZone(field=field, given=given.isoformat())
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise ShiftUnusable(field="ends_at")
    return Span(starts_at, ends_at)


def _require_person(tx: Transaction, member_id: int, unit: Unit) -> None:
    person = tx.find("find_person", id=member_id)
    if person is None or not person["active"]:
        raise PersonNotFound(id=member_id)
    if person["agency_code"] != unit.agency_code:
        raise PersonOfOtherAgency(field="people", name=person["name"], agency=unit.agency_code)


def write_shift(
    tx: Transaction, house: House, actor: Actor, unit: Unit, span: Span, people: Iterable[int]
) -> None:
    """Writes one unit's shift inside a transaction; nobody may be on another unit then."""
    bounds = {"since": span.starts_at, "until": span.ends_at}
    chosen = sorted(set(people))
    for member_id in chosen:
        clash = tx.find("find_clash", member_id=member_id, unit_id=unit.id, **bounds)
        if clash is not None:
            raise on_other_unit(house, clash)
    # A shift that spans the whole time is cut on both sides: its second half is planned anew.
    for row in tx.all("list_shifts", unit_id=unit.id, **bounds):
        if row["starts_at"] < span.starts_at and row["ends_at"] > span.ends_at:
            _cut_in_two(tx, house, actor, row, span)
    tx.run("clear_shifts", unit_id=unit.id, **bounds)
    tx.run("cut_shifts_at", unit_id=unit.id, moment=span.starts_at)
    tx.run("cut_shifts_after", unit_id=unit.id, **bounds)
    for member_id in chosen:
        _add(tx, house, actor, member_id, unit.id, span)
    _record(tx, house, actor, unit, span, len(chosen))


def add_to_shift(
    tx: Transaction, house: House, actor: Actor, member_id: int, unit_id: int, span: Span
) -> None:
    """Puts one more person on a unit inside a transaction; the caller looked that they are free."""
    unit = tx.units.get(unit_id, lock=True)
    _add(tx, house, actor, member_id, unit.id, span)
    _record(tx, house, actor, unit, span, 1)


def _record(
    tx: Transaction, house: House, actor: Actor, unit: Unit, span: Span, people: int
) -> None:
    tx.events.append(
        actor,
        "unit.crewed",
        house.clock.now(),
        unit_id=unit.id,
        agency_code=unit.agency_code,
        data={
            "call_sign": unit.call_sign,
            "starts_at": span.starts_at.isoformat(),
            "ends_at": span.ends_at.isoformat(),
            "people": people,
        },
    )


def _cut_in_two(tx: Transaction, house: House, actor: Actor, row: Row, span: Span) -> None:
    tx.run("cut_shifts_at", unit_id=row["unit_id"], moment=span.starts_at)
    rest = Span(span.ends_at, row["ends_at"])
    _add(tx, house, actor, row["member_id"], row["unit_id"], rest)


def _add(
    tx: Transaction, house: House, actor: Actor, member_id: int, unit_id: int, span: Span
) -> None:
    tx.run(
        "add_shift", member_id=member_id, unit_id=unit_id, starts_at=span.starts_at,
        ends_at=span.ends_at, at=house.clock.now(), planned_by=actor.user_id,
    )  # fmt: skip


def on_other_unit(house: House, clash: Row) -> PersonOnOtherUnit:
    """The refusal for somebody who is planned elsewhere, with the times as people read them."""
    starts, ends = (
        clash[name].astimezone(house.timezone).strftime("%d-%m %H:%M")
        for name in ("starts_at", "ends_at")
    )
    return PersonOnOtherUnit(name=clash["name"], unit=clash["call_sign"], starts=starts, ends=ends)
