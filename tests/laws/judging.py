"""What must be so of any history, read from the tables and the record with plain SQL."""

from typing import Any

from tests.consoles.town import Town
from tests.laws.asking import Stamp

STEPS: dict[str, dict[str, set[str]]] = {
    "incident": {
        "": {"received"},
        "received": {"verified", "cancelled", "duplicate"},
        "verified": {"dispatched", "cancelled", "duplicate"},
        "dispatched": {"in_progress", "cancelled", "duplicate"},
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
}
"""Written from the procedure, not from the product."""


def illegal_states(town: Town) -> list[Any]:
    """Things whose events are no way through the table, or whose status is not the last of them."""
    found: list[Any] = []
    for thing, steps in STEPS.items():
        ways: dict[int, list[str]] = {}
        statuses = sorted({s for after in steps.values() for s in after})
        kinds = [f"{thing}.{word}" for word in (*statuses, "undone", "unmerged")]
        for id, kind, to in town.sql(
            f"SELECT {thing}_id, split_part(kind, '.', 2), data ->> 'to' FROM events"
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
    return [s for s in stamps if (s.thing, s.id, s.step, s.at) not in kept]


def stamps_not_of_the_record(town: Town) -> list[Any]:
    """Times in the tables that no event tells, or whose last event tells another one."""
    found: list[Any] = []
    for thing, steps in STEPS.items():
        if thing == "incident":
            continue
        columns = {s for after in steps.values() for s in after} - {"not_ready", "ready"}
        for step in sorted(columns):
            found += town.sql(
                f"SELECT '{thing}', t.id, '{step}', t.{step}_at FROM {thing}s AS t"
                f" WHERE t.{step}_at IS NOT NULL AND t.{step}_at IS DISTINCT FROM ("
                f" SELECT e.occurred_at FROM events AS e WHERE e.{thing}_id = t.id"
                f" AND e.kind = '{thing}.{step}' ORDER BY e.id DESC LIMIT 1)"
            )
    return found


def events_so_far(town: Town) -> int:
    """How long the record is."""
    [(count,)] = town.sql("SELECT count(*) FROM events")
    return int(count)
