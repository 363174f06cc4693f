"""Coverage as every screen shows it: reckoned again when what it is made from has changed.

A unit that became free or busy, drove away, a road that was closed: the group it concerns is
reckoned anew, and one event tells the consoles. Where nothing has changed, only that is noted, so
that a screen can say how old what it shows is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gis_dispatch.domain.coverage import WHOLE, Cover
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.roads import RoadsStatus, Start
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.facts_coverage import CoverageGroup
from gis_dispatch.services.facts_files import read_coverage
from gis_dispatch.services.find_coverage import Moment, read_moment
from gis_dispatch.services.ranking_documents import fingerprint

FORMAT = 1
"""Of what is drawn and counted: after a change everything is reckoned anew."""


def refresh_coverage(house: House, standard_s: int) -> list[str]:
    """Bring every group up to date; the codes of those that were reckoned anew.

    Raises `RoadsNotLoaded` when there are no roads.
    """
    status = house.roads.status()
    at = house.clock.now()
    moment = read_moment(house, at, standard_s)
    kept = {row["group_code"]: row for row in house.store.reads.all("list_coverages")}
    groups = read_coverage().groups
    changed = []
    for group in groups:
        starts = moment.starts(group, before=_starts_of(kept.get(group.code)))
        inputs = _inputs(status, moment, starts)
        sha256 = fingerprint(inputs)
        if group.code in kept and kept[group.code]["inputs_sha256"] == sha256:
            continue
        covers = _reckoned(house, moment, starts)
        with house.store.transaction() as tx:
            _keep(tx, group, at, inputs, sha256, covers)
        changed.append(group.code)
    with house.store.transaction() as tx:
        tx.run("confirm_coverages", at=at, codes=[group.code for group in groups])
        tx.run("drop_coverages", codes=[group.code for group in groups])
    return changed


def _starts_of(kept: Row | None) -> dict[int, Start]:
    """The starts of what is kept, by unit."""
    rows = kept["inputs"]["starts"] if kept else ()
    return {row["key"]: Start(**row) for row in rows}


def _inputs(status: RoadsStatus, moment: Moment, starts: Sequence[Start]) -> dict[str, Any]:
    """All that changes the answer; of the outlines and the roads their names."""
    return {
        "format": FORMAT,
        "roads": [status.version, status.engine, status.profiles_sha256],
        "areas": moment.areas.version,
        "limits_s": list(moment.limits_s),
        "closures": [[closure.id, closure.version] for closure in moment.closures],
        "starts": [
            {
                "key": one.key, "lon": one.lon, "lat": one.lat, "profile": one.profile,
                "delay_s": one.delay_s,
            }
            for one in starts
        ],
    }  # fmt: skip


def _reckoned(house: House, moment: Moment, starts: Sequence[Start]) -> list[Cover]:
    """The standard with its shapes, the shorter limits without."""
    roads, areas, closures = house.roads, moment.areas, moment.closures
    standard, *shorter = moment.limits_s
    return [
        *roads.covers(starts, [standard], closures, areas),
        *roads.covers(starts, shorter, closures, areas, drawn=False),
    ]


def _keep(
    tx: Transaction, group: CoverageGroup, at: datetime,
    inputs: dict[str, Any], sha256: str, covers: Sequence[Cover],
) -> None:  # fmt: skip
    standard = covers[0]
    units = len(inputs["starts"])
    tx.run(
        "keep_coverage", group_code=group.code, standard_s=round(standard.limit_s), at=at,
        inputs=inputs, inputs_sha256=sha256, unit_count=units,
    )  # fmt: skip
    tx.run(
        "keep_coverage_areas",
        group_code=group.code,
        areas=[
            {"level": level, "geometry": shape}
            for level, shape in standard.shapes.items()
            if shape["coordinates"]
        ],
    )
    tx.run(
        "keep_coverage_shares",
        group_code=group.code,
        shares=[
            {
                "limit_s": round(cover.limit_s), "area_code": code, "road_m": length.road_m,
                "by_one_m": length.by_one_m, "by_two_m": length.by_two_m,
            }
            for cover in covers
            for code, length in cover.lengths.items()
        ],
    )  # fmt: skip
    whole = standard.lengths[WHOLE]
    tx.events.append(
        SYSTEM_ACTOR, "coverage.changed", at,
        data={
            "group": group.code, "units": units, "standard_s": round(standard.limit_s),
            "by_one": round(whole.by_one_share, 4), "by_two": round(whole.by_two_share, 4),
        },
    )  # fmt: skip
