"""Case documents as lines of one table (RFC 4180), units in the headings, nothing a formula."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from gis_dispatch.domain.sheets import cell

INTERVALS = (
    "answer_s", "processing_s", "turnout_s", "response_s", "total_response_s", "resolution_s",
)  # fmt: skip
COLUMNS = (
    "cursor", "case_id", "number", "sequence", "kind", "priority", "status", "received_at",
    "verified_at", "resolved_at", "closed_at", "lon_deg", "lat_deg", "accuracy_m", "village_code",
    "address", "outcome", "summary", "casualties", "call_count", "agencies", "units", *INTERVALS,
    "sample", "corrections",
)  # fmt: skip


def cases_csv(cases: Sequence[Mapping[str, Any]]) -> bytes:
    """One document a line, with the mark that lets spreadsheets see it is UTF-8."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for case in cases:
        line = _line(case["cursor"], case["document"])
        writer.writerow([cell(line.get(name)) for name in COLUMNS])
    return written.getvalue().encode("utf-8-sig")


def _line(cursor: int, document: Mapping[str, Any]) -> dict[str, Any]:
    place = document["location"]
    harmed = (document["casualties"] or {}).items()
    return {
        **{name: document.get(name) for name in COLUMNS},
        "cursor": cursor,
        "kind": document["kind"]["code"],
        "lon_deg": place["lon"],
        "lat_deg": place["lat"],
        "accuracy_m": place["accuracy_m"],
        "village_code": place["village_code"],
        "address": place["address"],
        "casualties": "; ".join(f"{who}: {number}" for who, number in sorted(harmed)),
        "call_count": len(document["calls"]),
        "agencies": "; ".join(one["agency"]["code"] for one in document["referrals"]),
        "units": "; ".join(one["unit"]["call_sign"] for one in document["assignments"]),
        **document["intervals"],
        # Documents from before 1.2 do not tell them.
        "corrections": "; ".join(map(_corrected, document.get("corrections", ()))),
    }


def _corrected(one: Mapping[str, Any]) -> str:
    """Both values of a corrected time, who, when and why, as far as the receiver may see it."""
    what = " ".join(filter(None, (one["thing"], one["unit"] or one["agency_code"], one["stamp"])))
    who = one["by"] or one["by_role"] or "-"
    why = f", {one['reason']}" if one["reason"] else ""
    return f"{what}: {one['from']} -> {one['to']} ({who}, {one['corrected_at']}{why})"
