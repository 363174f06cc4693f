"""Coverage as it was last reckoned, as one document: groups, and in them the villages."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from gis_dispatch.domain.coverage import WHOLE, CoveredLength
from gis_dispatch.ports import Reads, Row
from gis_dispatch.services.facts_files import read_coverage

STALE_S = 90.0
"""Six rounds of the worker were missed: what is told may no longer hold."""


def read_coverage_now(reads: Reads) -> list[Row]:
    """Every group, in the order of the facts; one that was never reckoned has no time."""
    kept = {row["group_code"]: row for row in reads.all("list_coverages")}
    shares: dict[str, list[Row]] = {}
    for row in reads.all("list_coverage_shares"):
        shares.setdefault(row["group_code"], []).append(row)
    return [
        {
            "code": group.code, "name_id": group.name_id, "name_en": group.name_en,
            **_when(kept.get(group.code)), **_where(shares.get(group.code, [])),
        }
        for group in read_coverage().groups
    ]  # fmt: skip


def _when(row: Row | None) -> dict[str, Any]:
    if row is None:
        return {"made_at": None, "confirmed_at": None, "age_s": None, "stale": True, "units": 0}
    return {
        "made_at": row["made_at"],
        "confirmed_at": row["confirmed_at"],
        "age_s": row["age_s"],
        "stale": row["age_s"] > STALE_S,
        "units": row["unit_count"],
    }


def _where(rows: list[Row]) -> dict[str, Any]:
    areas = []
    whole: list[dict[str, Any]] = []
    for code, together in groupby(rows, key=itemgetter("area_code")):
        own = list(together)
        limits = [_limit(row) for row in own]
        if code == WHOLE:
            whole = limits
        elif own[0]["road_m"] > 0:
            first = own[0]
            areas.append(
                {
                    "code": code, "name": first["village"], "district": first["district"],
                    "limits": limits,
                }
            )  # fmt: skip
    return {"limits": whole, "villages": areas}


def _limit(row: Row) -> dict[str, Any]:
    length = CoveredLength(row["road_m"], row["by_one_m"], row["by_two_m"])
    return {
        "limit_s": row["limit_s"],
        "road_m": round(length.road_m, 1),
        "by_one": round(length.by_one_share, 4),
        "by_two": round(length.by_two_share, 4),
    }
