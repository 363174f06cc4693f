"""The month's complaints report as data: the same facts give the same report, and the same sum."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from gis_dispatch.analysis.intervals import share_within, summarise
from gis_dispatch.analysis.periods import Period
from gis_dispatch.analysis.statistics import (
    Facts,
    by_district,
    by_kind,
    call_counts,
    interval_summaries,
    read_facts,
    sample_note,
    total_response_s,
)
from gis_dispatch.ports import Reads

Row = Mapping[str, Any]

DISPOSITIONS = (
    "incident",
    "hantu",
    "prank",
    "informasi",
    "salah_sambung",
    "terputus",
    "open",
)


@dataclass(frozen=True)
class Installation:
    """Whose report it is: what stands in the letterhead."""

    city: str
    service_name: str
    sop_number: str
    sop_owner: str
    target_s: int


def read_monthly_report(reads: Reads, period: Period, whose: Installation) -> dict[str, Any]:
    """Read and compose the report of one local month."""
    facts = read_facts(reads, period)
    when: dict[str, Any] = {"since": period.since, "until": period.until}
    entered_at = reads.value("report_data_as_of", **when)
    agencies = reads.all("report_agencies", **when, samples=facts.sample_city)
    return monthly_report(facts, agencies, entered_at, whose)


def monthly_report(
    facts: Facts, agencies: Sequence[Row], entered_at: datetime | None, whose: Installation
) -> dict[str, Any]:
    """The report: no clock is read, so it can be made again; no caller is named."""
    period = facts.period
    handled = facts.handled()
    totals = [total_response_s(row) for row in handled]
    report = {
        "month": period.since.astimezone(period.zone).strftime("%Y-%m"),
        "city": whose.city,
        "service_name": whose.service_name,
        "sop": {"number": whose.sop_number, "owner": whose.sop_owner},
        "timezone": period.zone.key,
        "from": _stamp(period.since),
        "to": _stamp(period.until),
        # Nothing of this month was entered later; without any entry, the month's end.
        "data_as_of": _stamp(entered_at or period.until),
        "sample": sample_note(facts),
        "calls": _calls(facts.calls),
        "incidents": {"total": len(facts.incidents), "handled": len(handled)},
        "by_status": dict(sorted(Counter(row["status"] for row in facts.incidents).items())),
        "kinds": by_kind(facts, whose.target_s),
        "districts": _district_names(facts),
        "kind_by_district": _matrix(handled),
        "by_district": by_district(handled, whose.target_s),
        "agencies": [_agency(row) for row in agencies],
        "intervals": interval_summaries(facts),
        "target_s": whose.target_s,
        "within_target": share_within(totals, whose.target_s),
        "days": _days(handled, period),
        "cases": [_case(row, period) for row in facts.incidents],
    }
    return {**report, "sha256": checksum(report)}


def checksum(report: Mapping[str, Any]) -> str:
    """SHA-256 of the report's data, written the same way every time."""
    plain = json.dumps(report, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _calls(calls: Sequence[Row]) -> dict[str, Any]:
    counts = call_counts(calls)
    return {
        "total": counts["total"],
        "by_disposition": [
            {"disposition": name, "count": counts["by_disposition"].get(name, 0)}
            for name in DISPOSITIONS
            if name != "open" or name in counts["by_disposition"]
        ],
    }


def _district_names(facts: Facts) -> list[str]:
    """The city's districts, in its own order, and any other that a place was found in."""
    known = [row["name"] for row in facts.districts]
    met = {row["district"] for row in facts.incidents if row["district"]}
    return known + sorted(met - set(known))


def _matrix(handled: Sequence[Row]) -> dict[str, dict[str, int]]:
    """Kind → district → incidents; the district "" is not known."""
    table: dict[str, dict[str, int]] = {}
    for row in handled:
        line = table.setdefault(row["top_kind"], {})
        district = row["district"] or ""
        line[district] = line.get(district, 0) + 1
    return table


def _agency(row: Row) -> dict[str, Any]:
    counts = {key: row[key] for key in ("code", "short_name", "referrals", "completed")}
    more = {key: row[key] for key in ("handed_back", "open")}
    missing: list[float | None] = [None] * (row["referrals"] - len(row["acknowledge_s"]))
    return {**counts, **more, "acknowledge": summarise([*row["acknowledge_s"], *missing]).as_dict()}


def _days(handled: Sequence[Row], period: Period) -> list[dict[str, Any]]:
    counts = Counter(row["received_at"].astimezone(period.zone).date() for row in handled)
    first: date = period.since.astimezone(period.zone).date()
    last = (period.until - timedelta(microseconds=1)).astimezone(period.zone).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [{"day": day.isoformat(), "count": counts[day]} for day in days]


def _case(row: Row, period: Period) -> dict[str, Any]:
    return {
        "number": row["number"],
        "received": row["received_at"].astimezone(period.zone).strftime("%Y-%m-%d %H:%M"),
        "kind": row["kind"],
        "priority": row["priority"],
        "place": row["address"] or f"{row['lat']:.5f}, {row['lon']:.5f}",
        "village": row["village"],
        "district": row["district"],
        "agencies": list(row["agencies"]),
        "status": row["status"],
        "outcome": row["outcome"],
        "total_response_s": total_response_s(row),
    }
