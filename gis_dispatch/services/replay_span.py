"""A span of the past as it was known then: the picture at its start, and every change in order."""

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime

from gis_dispatch.domain.picture import Known, KnownIncident, KnownPromise, KnownUnit, Picture
from gis_dispatch.domain.recalling import LATE_AFTER_S, Recorded, changed, recalled
from gis_dispatch.domain.unit_history import unit_as_it_was
from gis_dispatch.ports import House, Row
from gis_dispatch.services.replay_sight import Sight
from gis_dispatch.services.replay_spans import Span

MOST_EVENTS = 5000
"""In one answer; the next begins after the last one's id."""
TOLD = tuple(field.name for field in fields(Recorded))


def picture_at(house: House, moment: datetime, sight: Sight) -> Picture:
    """What was known at a moment of all that was in the room's hands then."""
    rows = house.store.reads.all("replay_events_until", moment=moment, **sight.events)
    return _started([_recorded(row) for row in rows], _units(house, moment, sight))


def replay_span(house: House, span: Span, sight: Sight, *, after: int = 0) -> Row:
    """The picture at the start, then events with what each one changed; `more` when not all fit."""
    reads = house.store.reads
    units = _units(house, span.from_at, sight)
    before = reads.all("replay_events_until", moment=span.from_at, **sight.events)
    picture = dict(_started([_recorded(row) for row in before], units))
    rows = reads.all(
        "replay_events",
        from_at=span.from_at,
        to_at=span.to_at,
        after=0,
        most=None,
        **sight.events,
    )
    start = list(picture.values())
    told: list[Row] = []
    for row in rows:
        event = _recorded(row)
        # What was entered after the span is told, but the picture of the span never knew it.
        change = changed(picture, event) if event.entered_at <= span.to_at else None
        if change is not None:
            picture[change.key] = change
        if event.id > after and len(told) <= MOST_EVENTS:
            told.append(_event(row, event, change, sight))
    return {
        "start": [known_row(one, sight) for one in start] if not after else [],
        "positions": [_position(row) for row in units if row["lon"] is not None],
        "events": told[:MOST_EVENTS],
        "more": len(told) > MOST_EVENTS,
    }


def known_row(known: Known, sight: Sight) -> Row:
    """One record of a picture, as this viewer is told it."""
    if isinstance(known, KnownIncident) and not sight.words:
        known = replace(known, address=None)
    if isinstance(known, KnownPromise) and not sight.words:
        known = replace(known, promise=None)
    if isinstance(known, KnownUnit) and not sight.words:
        known = replace(known, duty_reason=None)
    return {"thing": known.thing, **asdict(known)}


def _started(events: Sequence[Recorded], units: Sequence[Row]) -> Picture:
    return recalled({unit.key: unit for row in units if (unit := _unit(row))}, events)


def _units(house: House, moment: datetime, sight: Sight) -> list[Row]:
    return house.store.reads.all("replay_units", moment=moment, only_agency=sight.only_agency)


def _unit(row: Row) -> KnownUnit | None:
    names = {field.name for field in fields(KnownUnit)} - {"not_recorded"}
    return unit_as_it_was(
        KnownUnit(**{name: row[name] for name in names}),
        duty_before=row["duty_before"],
        duty_after=row["duty_after"],
        change_before=row["change_before"],
        change_after=row["change_after"],
    )


def _recorded(row: Row) -> Recorded:
    event = Recorded(**{name: row[name] for name in TOLD})
    if not row["hidden"]:
        return event
    # That a unit is out is known to everybody; for what, only to those who were asked.
    return replace(event, incident_id=None, referral_id=None, incident_number=None)


def _event(row: Row, event: Recorded, change: Known | None, sight: Sight) -> Row:
    return {
        "id": event.id,
        "kind": event.kind,
        "occurred_at": event.occurred_at,
        "entered_at": event.entered_at,
        "late_s": round(event.late_s) if event.late_s > LATE_AFTER_S else None,
        "source": row["source"],
        "actor": row["actor"] if sight.words and not row["hidden"] else None,
        "call_id": event.call_id,
        "incident_id": event.incident_id,
        "incident_number": event.incident_number,
        "unit_id": event.unit_id,
        "agency_code": event.agency_code,
        "data": {} if row["hidden"] else sight.told(dict(event.data)),
        "change": known_row(change, sight) if change else None,
    }


def _position(row: Row) -> Row:
    return {
        "unit_id": row["id"],
        "lon": row["lon"],
        "lat": row["lat"],
        "recorded_at": row["recorded_at"],
        "received_at": row["received_at"],
    }
