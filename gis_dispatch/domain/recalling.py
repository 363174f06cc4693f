"""Events to a picture: what was known after each event, from the append-only record alone.

Two clocks, never mixed: `occurred_at` is when something happened, `entered_at` when the room knew.
Events are taken in the order of their ids, which is the order in which they were entered, so that
the picture after the last event entered by a moment is what was known at that moment.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar, cast

from gis_dispatch.domain import assignment as assignments
from gis_dispatch.domain import move as moves
from gis_dispatch.domain import referral as referrals
from gis_dispatch.domain.picture import (
    Known,
    KnownAssignment,
    KnownCall,
    KnownClosure,
    KnownIncident,
    KnownMove,
    KnownPromise,
    KnownReferral,
    Picture,
)
from gis_dispatch.domain.unit_history import unit_after

LATE_AFTER_S = 60.0
"""What was entered this long after it happened is marked as entered later."""


@dataclass(frozen=True)
class Recorded:
    """One event of the record, with the two facts of its incident that never change."""

    id: int
    kind: str
    occurred_at: datetime
    entered_at: datetime
    call_id: int | None = None
    incident_id: int | None = None
    referral_id: int | None = None
    assignment_id: int | None = None
    unit_id: int | None = None
    closure_id: int | None = None
    agency_code: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    incident_number: str | None = None
    incident_received_at: datetime | None = None

    @property
    def late_s(self) -> float:
        """How long after it happened it was entered."""
        return max(0.0, (self.entered_at - self.occurred_at).total_seconds())


T = TypeVar("T", bound=Known)


def recalled(picture: Picture, events: Iterable[Recorded]) -> dict[tuple[str, int], Known]:
    """The picture after these events."""
    after = dict(picture)
    for event in events:
        change = changed(after, event)
        if change is not None:
            after[change.key] = change
    return after


def changed(picture: Picture, event: Recorded) -> Known | None:
    """What is known of the one thing that an event changes; None where it changes nothing shown.

    An event about something of which the record never told the beginning changes nothing.
    """
    thing, _dot, happened = event.kind.partition(".")
    rule = RULES.get(thing)
    return rule(picture, event, happened) if rule else None


def _known(picture: Picture, record: type[T], id: int | None) -> T | None:
    return cast(T | None, picture.get((record.thing, id))) if id is not None else None


def _call(picture: Picture, event: Recorded, happened: str) -> Known | None:
    if event.call_id is None:
        return None
    if happened == "received":
        channel = str(event.data.get("channel", "phone"))
        return KnownCall(event.call_id, channel, event.occurred_at)
    call = _known(picture, KnownCall, event.call_id)
    if call is None:
        return None
    if happened == "answered":
        return replace(call, answered_at=event.occurred_at)
    if happened == "ended":
        return replace(call, ended_at=event.occurred_at)
    if happened == "linked":
        return replace(call, disposition="incident", incident_id=event.incident_id)
    if happened == "undone":
        return replace(
            call,
            disposition=None,
            answered_at=_moment(event.data["answered_at"]),
            ended_at=_moment(event.data["ended_at"]),
        )
    if happened == "corrected":
        corrected: dict[str, Any] = {event.data["stamp"]: _moment(event.data["to"])}
        return replace(call, **corrected)
    if happened == "closed":
        ended_at = call.ended_at or event.occurred_at
        return replace(call, disposition=event.data["disposition"], ended_at=ended_at)
    return None


def _incident(picture: Picture, event: Recorded, happened: str) -> Known | None:
    incident = _known(picture, KnownIncident, event.incident_id)
    if incident is None:
        return _new_incident(event) if happened == "received" else None
    if happened == "relocated":
        place: dict[str, Any] = {name: event.data.get(name) for name in PLACE}
        return replace(incident, **place)
    if happened == "changed":
        return replace(
            incident,
            **{name: event.data[code]["to"] for code, name in CHANGES if code in event.data},
        )
    if happened == "corrected":
        return None
    if happened == "alarm":
        return replace(incident, alarm_level=event.data["to"])
    if happened in {"undone", "unmerged"}:
        return replace(
            incident,
            status=event.data["to"],
            verified=incident.verified and event.data.get("step") != "verified",
            duplicate_of=event.data.get("duplicate_of"),
        )
    return replace(
        incident,
        status=happened,
        verified=incident.verified or happened == "verified",
        duplicate_of=event.data.get("of_incident_id") if happened == "duplicate" else None,
    )


def _moment(text: str | None) -> datetime | None:
    """Stamps inside an event's data are text."""
    return datetime.fromisoformat(text) if text else None


PLACE = ("lon", "lat", "accuracy_m", "address")
CHANGES = (("kind_code", "kind"), ("priority", "priority"))


def _new_incident(event: Recorded) -> Known | None:
    if event.incident_id is None:
        return None
    place: dict[str, Any] = {name: event.data.get(name) for name in PLACE}
    return KnownIncident(
        id=event.incident_id,
        number=event.incident_number or "",
        received_at=event.incident_received_at or event.occurred_at,
        kind=event.data["kind"],
        priority=event.data["priority"],
        status="received",
        **place,
    )


def _referral(picture: Picture, event: Recorded, happened: str) -> Known | None:
    if event.referral_id is None or event.incident_id is None or event.agency_code is None:
        return None
    if happened == "sent":
        role = str(event.data.get("role", "support"))
        return KnownReferral(
            event.referral_id, event.incident_id, event.agency_code, role, happened
        )
    referral = _known(picture, KnownReferral, event.referral_id)
    # That it is late, or who was told so, is no step of it.
    if referral is None or happened not in (*referrals.MACHINE.statuses, "undone"):
        return None
    return replace(referral, status=_status(event, happened))


def _assignment(picture: Picture, event: Recorded, happened: str) -> Known | None:
    if event.assignment_id is None or event.unit_id is None:
        return None
    if happened == "dispatched":
        return KnownAssignment(
            event.assignment_id, event.incident_id, event.referral_id, event.unit_id, happened
        )
    assignment = _known(picture, KnownAssignment, event.assignment_id)
    if assignment is None or happened not in (*assignments.MACHINE.statuses, "undone"):
        return None
    return replace(assignment, status=_status(event, happened))


def _status(event: Recorded, happened: str) -> str:
    """A step names the status it led to; one that takes it back says which is true again."""
    return str(event.data["to"]) if happened == "undone" else happened


def _closure(picture: Picture, event: Recorded, happened: str) -> Known | None:
    if event.closure_id is None:
        return None
    if happened == "made":
        return KnownClosure(event.closure_id, made_at=event.occurred_at)
    closure = _known(picture, KnownClosure, event.closure_id)
    if closure is None or happened != "lifted":
        return None
    return replace(closure, lifted_at=event.occurred_at)


def _unit(picture: Picture, event: Recorded, happened: str) -> Known | None:
    return unit_after(picture, event.unit_id, happened, event.data, event.agency_code)


def _move(picture: Picture, event: Recorded, happened: str) -> Known | None:
    if happened == moves.MACHINE.initial and event.unit_id is not None:
        of = event.data
        return KnownMove(of["move_id"], event.unit_id, of["station_id"], of["station"], happened)
    move = _known(picture, KnownMove, event.data.get("move_id"))
    if move is None or happened not in moves.MACHINE.statuses:
        return None
    return replace(move, status=happened)


def _promise(picture: Picture, event: Recorded, happened: str) -> Known | None:
    of = event.data
    if happened == "made":
        return KnownPromise(
            id=of["promise_id"],
            agency_code=event.agency_code,
            incident_id=event.incident_id,
            promise=of["note"],
            due_at=datetime.fromisoformat(of["due_at"]),
        )
    promise = _known(picture, KnownPromise, of.get("promise_id"))
    if promise is None or happened != "ended":
        return None
    return replace(promise, ended_at=event.occurred_at)


RULES: Mapping[str, Callable[[Picture, Recorded, str], Known | None]] = {
    "call": _call,
    "incident": _incident,
    "referral": _referral,
    "assignment": _assignment,
    "unit": _unit,
    "closure": _closure,
    "move": _move,
    "promise": _promise,
}
