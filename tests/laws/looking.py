"""What the tables hold, as the model tells of it, and where the two differ."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import OperationalError

from tests.consoles.town import Town
from tests.laws.answering import standing
from tests.laws.doing_times import ORDER
from tests.laws.knowing import KINDS, Model, Span, Thing

STATES = """
SELECT 'calls', id, call_status(answered_at, ended_at, disposition), incident_id,
    ARRAY[received_at, answered_at, ended_at]
FROM calls WHERE id = ANY(%(calls)s) OR id > %(newest_calls)s
UNION ALL
SELECT 'incidents', id, status || ' ' || alarm_level, duplicate_of,
    ARRAY[received_at, verified_at, resolved_at, closed_at]
FROM incidents WHERE id = ANY(%(incidents)s) OR id > %(newest_incidents)s
UNION ALL
SELECT 'referrals', id, status, incident_id,
    ARRAY[sent_at, acknowledged_at, ready_at, accepted_at, handed_back_at, completed_at]
FROM referrals WHERE id = ANY(%(referrals)s) OR id > %(newest_referrals)s
UNION ALL
SELECT 'assignments', id, status, unit_id,
    ARRAY[
        dispatched_at, acknowledged_at, en_route_at, on_scene_at, transporting_at, at_hospital_at,
        cleared_at, cancelled_at
    ]
FROM assignments WHERE id = ANY(%(assignments)s) OR id > %(newest_assignments)s
UNION ALL
SELECT 'units', id, duty, 0, '{}' FROM units WHERE id = ANY(%(units)s) OR id > %(newest_units)s
UNION ALL
SELECT 'moves', id, status, unit_id, '{}'
FROM moves WHERE id = ANY(%(moves)s) OR id > %(newest_moves)s
UNION ALL
SELECT 'handovers', id, CASE WHEN taken_at IS NULL THEN 'waiting' ELSE 'taken' END, 0, '{}'
FROM handovers WHERE id = ANY(%(handovers)s) OR id > %(newest_handovers)s
"""

Facts = tuple[str, int | None, dict[str, datetime]]
Found = dict[str, dict[int, Facts]]


def read(town: Town, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """Ask the database, past a connection that was ended in the pool."""
    try:
        return town.sql(statement, **values)
    except OperationalError:
        # With the first of them all older ones are gone.
        return town.sql(statement, **values)


def found(town: Town, model: Model, newest: dict[str, int]) -> Found:
    """What there is of all that is known, and everything newer than what was ever known."""
    made: Found = {kind: {} for kind in KINDS}
    known = {kind: list(getattr(model, kind)) for kind in KINDS}
    after = {f"newest_{kind}": newest[kind] for kind in KINDS}
    for kind, id, status, of, stamps in read(town, STATES, **known, **after):
        names = ORDER.get(kind, ())
        times = {name: at for name, at in zip(names, stamps, strict=True) if at is not None}
        made[kind][id] = (status, of, times)
    return made


def differing(model: Model, found: Found) -> dict[str, Any]:
    """Where the model and the tables do not say the same."""
    apart: dict[str, Any] = {}
    for kind in KINDS:
        said: dict[int, Thing] = getattr(model, kind)
        there = found[kind]
        wrong = {
            id: (_said(kind, said[id]) if id in said else None, there.get(id))
            for id in said.keys() | there.keys()
            if id not in said or id not in there or not _same(kind, said[id], there[id])
        }
        if wrong:
            apart[kind] = wrong
    return apart


def settle(model: Model, found: Found) -> None:
    """What was known to a span is known exactly from now on."""
    for kind in ORDER:
        things: dict[int, Thing] = getattr(model, kind)
        for id, thing in things.items():
            thing["at"] = {name: Span.at(at) for name, at in found[kind][id][2].items()}


def _said(kind: str, thing: Thing) -> tuple[str, int | None, dict[str, Span]]:
    if kind == "calls":
        return standing(thing), thing["incident"], thing["at"]
    if kind == "incidents":
        return f"{thing['status']} {thing['alarm']}", thing["of"], thing["at"]
    if kind == "referrals":
        return thing["status"], thing["incident"], thing["at"]
    if kind == "assignments":
        return thing["status"], thing["unit"], thing["at"]
    if kind == "units":
        return thing["duty"], 0, {}
    if kind == "moves":
        return thing["status"], thing["unit"], {}
    return "taken" if thing["taken"] else "waiting", 0, {}


def _same(kind: str, thing: Thing, facts: Facts) -> bool:
    status, of, stamps = _said(kind, thing)
    return (
        (status, of) == facts[:2]
        and stamps.keys() == facts[2].keys()
        and all(facts[2][name] in span for name, span in stamps.items())
    )
