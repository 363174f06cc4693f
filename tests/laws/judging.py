"""What must be so of any history, read from the tables and the record with plain SQL."""

from datetime import datetime
from typing import Any

from tests.consoles.town import Town
from tests.laws.answering import Stamp

STEPS: dict[str, dict[str, set[str]]] = {
    "incident": {
        "": {"received"},
        "received": {"verified", "cancelled", "duplicate", "out_of_area"},
        "verified": {"dispatched", "cancelled", "duplicate", "out_of_area"},
        "dispatched": {"in_progress", "cancelled", "duplicate", "out_of_area"},
        "in_progress": {"resolved", "cancelled"},
        "resolved": {"closed", "reopened"},
        "closed": {"reopened"},
        "reopened": {"dispatched", "closed"},
    },
    "referral": {
        "": {"sent"},
        "sent": {"acknowledged"},
        "acknowledged": {"ready", "not_ready"},
        "ready": {"accepted", "not_ready", "handed_back", "ready"},
        "not_ready": {"ready", "handed_back", "not_ready"},
        "accepted": {"completed"},
    },
    "assignment": {
        "": {"dispatched"},
        "dispatched": {"acknowledged", "cancelled"},
        "acknowledged": {"en_route", "cancelled"},
        "en_route": {"on_scene", "cancelled"},
        "on_scene": {"transporting", "cleared"},
        "transporting": {"at_hospital"},
        "at_hospital": {"cleared"},
    },
    "move": {"": {"ordered"}, "ordered": {"arrived", "taken_back", "overtaken"}},
}
"""Written from the procedure, not from the product."""

OWED = {"acknowledge": {"sent"}, "check": {"acknowledged"}, "decide": {"ready", "not_ready"}}
"""Where a referral stands while it owes a step."""


def illegal_states(town: Town) -> list[Any]:
    """Things whose events are no way through the table, or whose status is not the last of them."""
    found: list[Any] = []
    for thing, steps in STEPS.items():
        ways: dict[int, list[str]] = {}
        statuses = sorted({s for after in steps.values() for s in after})
        kinds = [f"{thing}.{word}" for word in (*statuses, "undone", "unmerged")]
        number = "(data ->> 'move_id')::bigint" if thing == "move" else f"{thing}_id"
        for id, kind, to in town.sql(
            f"SELECT {number}, split_part(kind, '.', 2), data ->> 'to' FROM events"
            " WHERE kind = ANY(%(kinds)s) ORDER BY id",
            kinds=kinds,
        ):
            way = ways.setdefault(id, [""])
            if kind in {"undone", "unmerged"}:
                # Back to where the way came from.
                if to not in way[:-1] and kind == "undone":
                    found.append((thing, id, way, to))
                way.append(to)
            else:
                if kind not in steps.get(way[-1], ()):
                    found.append((thing, id, way, kind))
                way.append(kind)
        for id, status in town.sql(f"SELECT id, status FROM {thing}s"):
            if ways.get(id, [""])[-1] != status:
                found.append((thing, id, ways.get(id), status))
    return found


def double_assignments(town: Town) -> list[Any]:
    """Units that were bound twice at any moment of the record, or are now."""
    bound: dict[int, set[int]] = {}
    found: list[Any] = []
    for unit, assignment, kind, step in town.sql(
        "SELECT unit_id, assignment_id, split_part(kind, '.', 2), data ->> 'step' FROM events"
        " WHERE kind LIKE 'assignment.%%' ORDER BY id"
    ):
        now = bound.setdefault(unit, set())
        if kind == "dispatched" or (kind == "undone" and step in {"cleared", "cancelled"}):
            now.add(assignment)
        elif kind in {"cleared", "cancelled"}:
            now.discard(assignment)
        if len(now) > 1:
            found.append((unit, sorted(now)))
    return found + town.sql(
        "SELECT unit_id, count(*) FROM assignments"
        " WHERE cleared_at IS NULL AND cancelled_at IS NULL GROUP BY unit_id HAVING count(*) > 1"
    )


def lost_stamps(town: Town, stamps: list[Stamp]) -> list[Stamp]:
    """Steps that were answered as done and are not in the record with that time."""
    kept = set()
    for thing in ("referral", "assignment"):
        kept |= {
            (thing, *row)
            for row in town.sql(
                f"SELECT {thing}_id, split_part(kind, '.', 2), occurred_at FROM events"
                f" WHERE kind LIKE '{thing}.%%'"
            )
        }
        # What was corrected before somebody was told stands in the record as corrected.
        kept |= {
            (thing, id, stamp.removesuffix("_at"), datetime.fromisoformat(to))
            for id, stamp, to in town.sql(
                f"SELECT {thing}_id, data ->> 'stamp', data ->> 'to' FROM events"
                f" WHERE kind = '{thing}.corrected'"
            )
        }
    return [s for s in stamps if (s.thing, s.id, s.step, s.at) not in kept]


Told = dict[tuple[int, str], datetime]
TIMES = {
    "call": {"answered", "ended"},
    "incident": {"verified"},
    "referral": {"sent", "acknowledged", "accepted", "handed_back", "completed"},
    "assignment": {
        "dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital",
        "cleared", "cancelled",
    },
}  # fmt: skip


def stamps_not_of_the_record(town: Town) -> list[Any]:
    """Times in the tables that are not what the record tells, corrected and taken back; and
    corrections that do not keep the value before.
    """
    found: list[Any] = []
    for thing, steps in TIMES.items():
        told: Told = {}
        for id, kind, at, data in town.sql(
            f"SELECT {thing}_id, split_part(kind, '.', 2), occurred_at, data FROM events"
            f" WHERE kind LIKE '{thing}.%%' AND {thing}_id IS NOT NULL ORDER BY id"
        ):
            if kind == "corrected":
                step, before = data["stamp"].removesuffix("_at"), data["from"]
                if step in steps and told.get((id, step)) != datetime.fromisoformat(before):
                    found.append((thing, id, step, "corrected from", before))
                _tell(told, (id, step), data["to"])
            else:
                _follow(told, thing, id, kind, at, data)
        for step in sorted(steps):
            for id, at in town.sql(f"SELECT id, {step}_at FROM {thing}s"):
                if told.get((id, step)) != at:
                    found.append((thing, id, step, at, told.get((id, step))))
    return found


def _follow(told: Told, thing: str, id: int, kind: str, at: datetime, data: Any) -> None:
    if kind in TIMES[thing]:
        told[id, kind] = at
    elif (thing, kind) == ("call", "closed"):
        told.setdefault((id, "ended"), at)
    elif (thing, kind) == ("call", "undone"):
        for step in ("answered", "ended"):
            _tell(told, (id, step), data[f"{step}_at"])
    elif kind == "undone":
        told.pop((id, data["step"]), None)


def _tell(told: Told, where: tuple[int, str], to: str | None) -> None:
    if to is None:
        told.pop(where, None)
    else:
        told[where] = datetime.fromisoformat(to)


def told_twice(town: Town) -> list[Any]:
    """What came with one key and is in the record more than once. What was refused is told once,
    and may be taken when it is sent again.
    """
    return town.sql(
        "SELECT data ->> 'report', count(*) FROM events WHERE data ? 'report'"
        " GROUP BY 1, kind = 'assignment.not_taken' HAVING count(*) > 1"
        " UNION ALL SELECT external_id, count(*) FROM calls GROUP BY 1 HAVING count(*) > 1"
    )


def raised_wrongly(town: Town) -> list[Any]:
    """Late steps that went up out of turn, or after the agency had acted."""
    found: list[Any] = []
    status: dict[int, str] = {}
    levels: dict[tuple[int, str, str], int] = {}
    for id, kind, data in town.sql(
        "SELECT referral_id, split_part(kind, '.', 2), data FROM events"
        " WHERE kind LIKE 'referral.%%' ORDER BY id"
    ):
        if kind in {"late", "escalated"}:
            round_ = (id, data["step"], data["due_at"])
            before = levels.get(round_, -1)
            if data["level"] != before + 1 or status[id] not in OWED[data["step"]]:
                found.append((id, status[id], data["step"], before, data["level"]))
            levels[round_] = data["level"]
        elif kind == "undone":
            status[id] = data["to"]
        elif kind in {*STEPS["referral"], "handed_back", "completed"}:
            status[id] = kind
    return found


def steps_from_positions(town: Town) -> list[dict[str, Any]]:
    """What was read from positions: the step, of which unit, when, and where it leads."""
    rows = town.sql(
        "SELECT e.unit_id, coalesce(e.data ->> 'step', split_part(e.kind, '.', 2)), e.occurred_at,"
        " ST_X(i.point), ST_Y(i.point), ST_X(home.point), ST_Y(home.point),"
        " ST_X(other.point), ST_Y(other.point)"
        " FROM events AS e JOIN units AS u ON u.id = e.unit_id"
        " JOIN stations AS home ON home.id = u.station_id"
        " LEFT JOIN incidents AS i ON i.id = e.incident_id"
        " LEFT JOIN stations AS other ON other.id = (e.data ->> 'station_id')::bigint"
        " WHERE (e.source = 'device' AND e.kind LIKE 'assignment.%%')"
        " OR e.kind = 'assignment.proposed'"
        " OR (e.kind = 'move.arrived' AND e.actor_id IS NULL) ORDER BY e.id"
    )
    goals = {"on_scene": slice(3, 5), "cleared": slice(5, 7), "arrived": slice(7, 9)}
    return [
        {"unit": row[0], "step": row[1], "at": row[2], "goal": row[goals.get(row[1], slice(3, 5))]}
        for row in rows
    ]


def events_so_far(town: Town) -> int:
    """How long the record is."""
    [(count,)] = town.sql("SELECT count(*) FROM events")
    return int(count)
