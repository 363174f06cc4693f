"""A time that was entered wrongly is corrected: who, why, and both values stay in the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from gis_dispatch.domain.assignment import SENDERS
from gis_dispatch.domain.correcting import CORRECTABLE, ORDER, neighbours
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import AGENCY, Referral
from gis_dispatch.domain.states import OPERATORS
from gis_dispatch.domain.words import word
from gis_dispatch.errors import (
    RoleMayNot,
    StampNotThere,
    TimeAfterNext,
    TimeRunsBackwards,
    TimeUnchanged,
)
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample, require_unit
from gis_dispatch.services.inputs import choice, required_text
from gis_dispatch.services.locks import lock_assignment, lock_referral
from gis_dispatch.services.moments import moment_of, read
from gis_dispatch.services.queue_case import queue_case
from gis_dispatch.services.referring import require_speaker


@dataclass(frozen=True)
class Found:
    """A record, held until the transaction ends, and what bounds its times from outside it."""

    record: object
    incident_id: int | None
    about: Mapping[str, Any] = field(default_factory=dict)
    call_sign: Mapping[str, str] = field(default_factory=dict)
    not_before: datetime | None = None
    not_after: Mapping[str, datetime | None] = field(default_factory=dict)


def correct_time(
    house: House, actor: Actor, thing: str, id: int, *, stamp: str, to: datetime, reason: str
) -> None:
    """Never before the step before it or after the step after it; a closed case is sent anew."""
    choice("stamp", stamp, CORRECTABLE[thing])
    reason = required_text("reason", reason, 500)
    queued = None
    with house.store.transaction() as tx:
        found = FINDERS[thing](tx, actor, id)
        was = getattr(found.record, stamp)
        if was is None:
            raise StampNotThere(machine=word(thing), stamp=word(stamp))
        at = _within_bounds(house, thing, found, stamp, to)
        if at == was:
            raise TimeUnchanged(field="to", given=read(at))
        _repository(tx, thing).update(id, **{stamp: at})
        now = house.clock.now()
        data = {
            "stamp": stamp, "from": was.isoformat(), "to": at.isoformat(), "reason": reason,
            **found.call_sign,
        }  # fmt: skip
        about = {"incident_id": found.incident_id, **found.about}
        tx.events.append(actor, f"{thing}.corrected", now, data=data, **about)
        if found.incident_id is not None:
            incident = tx.incidents.get(found.incident_id)
            if incident.status == "closed":
                queued = queue_case(house, tx, actor, incident, now)
    if queued is not None:
        house.notifier.case_queued(queued.id)


def _within_bounds(house: House, thing: str, found: Found, stamp: str, to: datetime) -> datetime:
    stamps = {name: getattr(found.record, name) for name in ORDER[thing]}
    before, after = neighbours(ORDER[thing], stamps, stamp)
    floor = max((t for t in (before, found.not_before) if t is not None), default=None)
    outside = found.not_after.get(stamp)
    ceiling = min((t for t in (after, outside) if t is not None), default=None)
    at = moment_of(house, to, field="to")
    if floor is not None and at < floor:
        raise TimeRunsBackwards(field="to", given=read(at), previous=read(floor))
    if ceiling is not None and at > ceiling:
        raise TimeAfterNext(field="to", given=read(at), next=read(ceiling))
    return at


def _repository(tx: Transaction, thing: str) -> Any:
    return {
        "call": tx.calls,
        "incident": tx.incidents,
        "referral": tx.referrals,
        "assignment": tx.assignments,
    }[thing]


def _require(actor: Actor, roles: frozenset[str], thing: str) -> None:
    if actor.role not in roles:
        raise RoleMayNot(role=word(actor.role), machine=word(thing), to_status=word("corrected"))


def _call(tx: Transaction, actor: Actor, id: int) -> Found:
    _require(actor, OPERATORS, "call")
    incident_id = tx.calls.get(id).incident_id
    if incident_id is not None:
        tx.incidents.get(incident_id, lock=True)
    call = tx.calls.get(id, lock=True)
    require_sample(actor, call.sample)
    return Found(call, incident_id, {"call_id": id})


def _incident(tx: Transaction, actor: Actor, id: int) -> Found:
    _require(actor, OPERATORS, "incident")
    incident = tx.incidents.get(id, lock=True)
    require_sample(actor, incident.sample)
    # The closing before a reopening lies before the end that came after it.
    if incident.status != "closed":
        incident = replace(incident, resolved_at=None, closed_at=None)
    first = min((referral.sent_at for referral in tx.referrals.list(incident_id=id)), default=None)
    return Found(incident, id, not_after={"verified_at": first})


def _referral(tx: Transaction, actor: Actor, id: int) -> Found:
    _require(actor, AGENCY, "referral")
    incident, referral = lock_referral(tx, id)
    require_speaker(tx, actor, referral.agency_code)
    require_sample(actor, incident.sample)
    sent = [unit.dispatched_at for unit in tx.assignments.list(referral_id=id)]
    return Found(
        referral,
        incident.id,
        {"referral_id": id, "agency_code": referral.agency_code},
        not_after={"accepted_at": min(sent, default=None), **_counted(incident, referral)},
    )


def _counted(incident: Incident, referral: Referral) -> dict[str, datetime | None]:
    """What an incident was resolved by lies before that, also after a reopening: it must not
    count a second time.
    """
    ended_at = referral.handed_back_at or referral.completed_at
    resolved_at = incident.resolved_at
    if ended_at is None or resolved_at is None or ended_at > resolved_at:
        return {}
    return {"handed_back_at": resolved_at, "completed_at": resolved_at}


def _assignment(tx: Transaction, actor: Actor, id: int) -> Found:
    _require(actor, SENDERS, "assignment")
    incident, assignment = lock_assignment(tx, id)
    require_unit(tx, actor, assignment.unit_id)
    unit = tx.units.get(assignment.unit_id)
    about = {
        "referral_id": assignment.referral_id, "assignment_id": id, "unit_id": unit.id,
        "agency_code": unit.agency_code,
    }  # fmt: skip
    accepted_at = tx.referrals.get(assignment.referral_id).accepted_at
    signed = {"call_sign": unit.call_sign}
    return Found(assignment, incident.id, about, signed, not_before=accepted_at)


FINDERS: Mapping[str, Callable[[Transaction, Actor, int], Found]] = {
    "call": _call,
    "incident": _incident,
    "referral": _referral,
    "assignment": _assignment,
}
