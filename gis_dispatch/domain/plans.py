"""Response plans: which agencies, with which capabilities, for a kind, a priority and a place.

The most specific plan holds, and plans are not mixed: first the kind itself before its parent, then
the place (a drawn area, the smaller before the larger, before a village, before a district, before
everywhere), then the priority before every priority. Its lines of higher alarms count once that
alarm was raised.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_dispatch.domain.reasons import Both, sentence

HIGHEST_ALARM = 5
NAMELESS = Both("", "")
PLACES = ("area", "village", "district", None)
"""Kinds of place, the most specific first; None is everywhere."""


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
    alarm: int = 1
    """From which alarm on it counts."""
    plan_id: int = 0
    kind_name: Both = NAMELESS
    place: str | None = None
    """What kind of place it is for."""
    place_name: str | None = None
    place_size_m2: float | None = None


def items_of(rows: Iterable[Mapping[str, Any]]) -> list[PlanItem]:
    """Plan lines from rows of the same names."""
    return [
        PlanItem(
            **{name: value for name, value in row.items() if name not in _NAMES},
            kind_name=Both(row["kind_name_id"], row["kind_name_en"]),
        )
        for row in rows
    ]


_NAMES = ("kind_name_id", "kind_name_en")


@dataclass(frozen=True)
class Choice:
    """The plan that holds, and those that would hold were it not there."""

    items: tuple[PlanItem, ...]
    others: tuple[PlanItem, ...]
    """One line of each plan that was passed over, the next best first."""

    def at_alarm(self, level: int) -> list[PlanItem]:
        """The lines that count at an alarm level."""
        return [item for item in self.items if item.alarm <= level]

    def added(self, before: int, level: int) -> list[PlanItem]:
        """The lines that count at a level and did not before."""
        return [item for item in self.items if before < item.alarm <= level]

    @property
    def highest_alarm(self) -> int:
        """The highest alarm that the plan knows."""
        return max((item.alarm for item in self.items), default=1)

    @property
    def name(self) -> Both:
        """The plan in a few words; empty where there is none."""
        return name_of(self.items[0]) if self.items else NAMELESS

    @property
    def why(self) -> Both:
        """Why this plan and not another."""
        if not self.items:
            return sentence("plan_none")
        if not self.others:
            return sentence("plan_only", plan=self.name)
        chosen, other = self.items[0], self.others[0]
        return sentence(
            f"plan_by_{_difference(chosen, other)}", plan=self.name, other=name_of(other)
        )


def choose_plan(items: Sequence[PlanItem], kind: str, priority: int) -> Choice:
    """The one plan that fits best; `items` are those whose place is the incident's."""
    kinds, priorities = (kind, kind.partition(".")[0]), (priority, None)
    fitting = [i for i in items if i.kind_code in kinds and i.priority in priorities]
    plans: dict[tuple[object, ...], list[PlanItem]] = {}
    for item in fitting:
        plan = (item.plan_id, item.kind_code, item.priority, item.place, item.place_name)
        plans.setdefault(plan, []).append(item)
    best, *others = sorted(plans.values(), key=lambda plan: _how_special(plan[0], kind)) or [[]]
    return Choice(tuple(best), tuple(plan[0] for plan in others))


def name_of(item: PlanItem) -> Both:
    """The plan of a line: its kind, priority and place."""
    where = Both(item.place_name, item.place_name) if item.place_name else sentence("everywhere")
    often = (
        Both(f"P{item.priority}", f"P{item.priority}")
        if item.priority
        else sentence("every_priority")
    )
    return sentence("plan_name", kind=item.kind_name, priority=often, place=where)


def _how_special(item: PlanItem, kind: str) -> tuple[bool, int, float, bool, int]:
    """The smaller, the more specific."""
    return (
        item.kind_code != kind,
        PLACES.index(item.place),
        item.place_size_m2 or 0.0,
        item.priority is None,
        item.plan_id,
    )


def _difference(chosen: PlanItem, other: PlanItem) -> str:
    """By what one plan is more specific than another."""
    if chosen.kind_code != other.kind_code:
        return "kind"
    if (chosen.place, chosen.place_name) != (other.place, other.place_name):
        return "place"
    return "priority"


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
