"""Counts and response times of a period, from rows of named queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_dispatch.analysis.intervals import (
    BY_CODE,
    INTERVALS,
    measure,
    seconds_between,
    share_within,
    summarise,
)
from gis_dispatch.analysis.periods import Period
from gis_dispatch.ports import Reads

Row = Mapping[str, Any]

# Counted, but neither an emergency handled here nor a response to be measured.
NOT_HANDLED = frozenset({"cancelled", "duplicate", "out_of_area"})


@dataclass(frozen=True)
class Facts:
    """Every row that the statistics of a period are made from."""

    period: Period
    kind: str | None
    sample_city: bool
    left_out: Row
    calls: Sequence[Row]
    incidents: Sequence[Row]
    assignments: Sequence[Row]
    kinds: Sequence[Row]
    districts: Sequence[Row]

    def handled(self) -> list[Row]:
        """Incidents that count: not cancelled, not a duplicate, not another city's."""
        return [row for row in self.incidents if row["status"] not in NOT_HANDLED]


def read_facts(reads: Reads, period: Period, kind: str | None = None) -> Facts:
    """Read a period. Simulated incidents count only in the sample city, which says so."""
    sample_city = bool(reads.value("installation_is_sample"))
    when: dict[str, Any] = {"since": period.since, "until": period.until}
    return Facts(
        period=period,
        kind=kind,
        sample_city=sample_city,
        left_out=reads.one("statistics_left_out", **when),
        calls=reads.all("statistics_calls", **when, samples=sample_city),
        incidents=reads.all("statistics_incidents", **when, kind=kind, samples=sample_city),
        assignments=reads.all("statistics_assignments", **when, kind=kind, samples=sample_city),
        kinds=reads.all("statistics_kinds"),
        districts=reads.all("statistics_districts"),
    )


def total_response_s(incident: Row) -> float | None:
    """First unit on scene − received: the citizen's clock."""
    return seconds_between(incident["received_at"], incident["on_scene_at"])


def statistics(facts: Facts, target_s: int) -> dict[str, Any]:
    """Everything the planner's page shows of a period, as JSON."""
    handled = facts.handled()
    totals = [total_response_s(row) for row in handled]
    return {
        "from": facts.period.since,
        "to": facts.period.until,
        "kind": facts.kind,
        "sample": sample_note(facts),
        "calls": call_counts(facts.calls),
        "incidents": {
            "total": len(facts.incidents),
            "handled": len(handled),
            "by_status": dict(sorted(Counter(row["status"] for row in facts.incidents).items())),
        },
        "target_s": target_s,
        "within_target": share_within(totals, target_s),
        "intervals": interval_summaries(facts),
        "by_kind": by_kind(facts, target_s),
        "by_district": by_district(handled, target_s),
        "kind_by_district": kind_by_district(handled),
        "hours": hours_by_weekday(handled, facts.period),
        "trend": trend(handled, facts.period),
        "trend_step": "month" if facts.period.by_month else "day",
    }


def sample_note(facts: Facts) -> dict[str, Any]:
    """Whether these are simulated incidents, or how many of those were left out."""
    if facts.sample_city:
        return {"city": True, "left_out_calls": 0, "left_out_incidents": 0}
    return {
        "city": False,
        "left_out_calls": facts.left_out["calls"],
        "left_out_incidents": facts.left_out["incidents"],
    }


def call_counts(calls: Iterable[Row]) -> dict[str, Any]:
    """Calls by disposition; a call not yet closed has none."""
    counts = {row["disposition"] or "open": row["calls"] for row in calls}
    return {"total": sum(counts.values()), "by_disposition": counts}


def interval_summaries(facts: Facts) -> list[dict[str, Any]]:
    """Every interval with its definition, median, 90th percentile and what was missing."""
    rows = {"incident": facts.handled(), "assignment": facts.assignments}
    found = []
    for interval in INTERVALS:
        if interval.basis == "call":
            summary = summarise(_answer_times(facts.calls))
        else:
            summary = measure(interval, rows[interval.basis])
        found.append(
            {
                "code": interval.code,
                "name": interval.name,
                "definition": interval.definition,
                "basis": interval.basis,
                **summary.as_dict(),
            }
        )
    return found


def _answer_times(calls: Iterable[Row]) -> list[float | None]:
    times: list[float | None] = []
    for row in calls:
        times += row["answer_s"]
        times += [None] * (row["calls"] - len(row["answer_s"]))
    return times


def group_summary(rows: Sequence[Row], target_s: int) -> dict[str, Any]:
    """Count, total response and share in time of some incidents."""
    totals = [total_response_s(row) for row in rows]
    return {
        "count": len(rows),
        "total_response": measure(BY_CODE["total_response"], rows).as_dict(),
        "within_target": share_within(totals, target_s),
    }


def by_kind(facts: Facts, target_s: int) -> list[dict[str, Any]]:
    """Each top kind that occurred, the city's order, with its sub-kinds' counts."""
    handled = facts.handled()
    found = []
    for kind in facts.kinds:
        rows = [row for row in handled if row["top_kind"] == kind["code"]]
        if kind["parent_code"] is None and rows:
            names = {key: kind[key] for key in ("code", "name_id", "name_en", "icon")}
            parts = Counter(row["kind"] for row in rows)
            found.append({**names, **group_summary(rows, target_s), "parts": dict(parts)})
    return found


def by_district(handled: Sequence[Row], target_s: int) -> list[dict[str, Any]]:
    """Each district in which something occurred; None is a place whose district is not known."""
    names = sorted({row["district"] for row in handled}, key=lambda name: (name is None, name))
    return [
        {
            "district": name,
            **group_summary([row for row in handled if row["district"] == name], target_s),
        }
        for name in names
    ]


def kind_by_district(handled: Iterable[Row]) -> list[dict[str, Any]]:
    """How many incidents of each kind in each district."""
    counts = Counter((row["top_kind"], row["district"]) for row in handled)
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] or "~"))
    return [{"kind": kind, "district": name, "count": n} for (kind, name), n in ordered]


def hours_by_weekday(handled: Iterable[Row], period: Period) -> list[list[int]]:
    """Seven weekdays from Monday, each with its 24 local hours."""
    table = [[0] * 24 for _ in range(7)]
    for row in handled:
        local = row["received_at"].astimezone(period.zone)
        table[local.weekday()][local.hour] += 1
    return table


def trend(handled: Sequence[Row], period: Period) -> list[dict[str, Any]]:
    """Each day or month: how many, and how long until the first unit was there."""
    grouped: dict[Any, list[Row]] = {day: [] for day in period.buckets()}
    for row in handled:
        grouped[period.bucket(row["received_at"])].append(row)
    return [
        {
            "day": day,
            "count": len(rows),
            "total_response": measure(BY_CODE["total_response"], rows).as_dict(),
        }
        for day, rows in grouped.items()
    ]
