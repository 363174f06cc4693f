"""Response plans: which agencies, with which capabilities, for a kind and priority."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PlanItem:
    """One line of a response plan."""

    kind_code: str
    priority: int | None
    agency_code: str
    name: str
    short_name: str
    role: str
    capability: str | None
    number: int


def items_of(rows: Iterable[Mapping[str, Any]]) -> list[PlanItem]:
    """Plan lines from rows of the same names."""
    return [PlanItem(**row) for row in rows]


def choose_plan(items: Sequence[PlanItem], kind: str, priority: int) -> list[PlanItem]:
    """The lines of the one plan that fits best.

    The kind itself before its parent, and for one kind the plan of just this priority before the
    plan of every priority. Plans are not mixed.
    """
    for kind_code in dict.fromkeys((kind, kind.partition(".")[0])):
        for wanted in (priority, None):
            found = [i for i in items if (i.kind_code, i.priority) == (kind_code, wanted)]
            if found:
                return found
    return []


def roles_of(items: Iterable[PlanItem]) -> dict[str, str]:
    """What each agency does in a plan; one that leads anything leads."""
    roles: dict[str, str] = {}
    for item in items:
        if roles.get(item.agency_code) != "lead":
            roles[item.agency_code] = item.role
    return roles


def capabilities_of(items: Iterable[PlanItem], agency_code: str | None = None) -> frozenset[str]:
    """The capabilities that a plan asks of one agency, or of all."""
    return frozenset(
        item.capability
        for item in items
        if item.capability is not None and agency_code in (None, item.agency_code)
    )
