"""When every unit on its way will be there: by the roads and closures of now, from where it is.

One search for each incident tells it for all units that drive there. It is no event: a time of
arrival is a reckoning, and the next one, seconds later, takes its place.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from gis_dispatch.domain.candidates import origin_of
from gis_dispatch.domain.roads import RoadClosure, Start, Trip
from gis_dispatch.ports import House, Row
from gis_dispatch.services.ranking_inputs import read_closures

FRESH_S = 120.0
"""A unit not heard of for this long may be anywhere: no time of arrival is better than a guess."""


def refresh_etas(house: House) -> int:
    """Keep a time of arrival for each unit that is en route and was just heard of; how many.

    A unit that transports has none: where it drives is not recorded. Raises `RoadsNotLoaded` when
    somebody is on the way and there are no roads.
    """
    rows = house.store.reads.all("list_units_under_way")
    if not rows:
        return 0
    made_at = house.clock.now()
    moving = [row for row in rows if _is_followed(row, made_at)]
    etas = _reckoned(house, moving, made_at) if moving else []
    with house.store.transaction() as tx:
        if etas:
            tx.run("keep_etas", etas=etas)
        tx.run("drop_etas", kept=[eta["assignment_id"] for eta in etas])
    return len(etas)


def _is_followed(row: Row, now: datetime) -> bool:
    if row["status"] != "en_route" or row["position_at"] is None:
        return False
    return bool((now - row["position_at"]).total_seconds() <= FRESH_S)


def _reckoned(house: House, moving: Sequence[Row], made_at: datetime) -> list[dict[str, Any]]:
    closures = [closure.road for closure in read_closures(house, made_at)]
    etas = []
    in_turn = sorted(moving, key=itemgetter("incident_id"))
    for _incident, together in groupby(in_turn, key=itemgetter("incident_id")):
        etas += _to_one_place(house, list(together), closures, made_at)
    return etas


def _to_one_place(
    house: House, rows: Sequence[Row], closures: Sequence[RoadClosure], made_at: datetime
) -> list[dict[str, Any]]:
    starts = [_start_of(row, made_at) for row in rows]
    place = rows[0]["to_lon"], rows[0]["to_lat"]
    trips = house.roads.trips_to(*place, starts, closures, drawn=0, costed=False)
    return [
        {
            "assignment_id": row["assignment_id"],
            "made_at": made_at.isoformat(),
            "position_at": row["position_at"].isoformat(),
            "arrives_at": _arrival(row["position_at"], trip, made_at).isoformat(),
            "driving_time_s": trip.driving_time_s,
            "length_m": trip.length_m,
        }
        for row, trip in zip(rows, trips, strict=True)
        if isinstance(trip, Trip)
    ]


def _start_of(row: Row, now: datetime) -> Start:
    age_s = (now - row["position_at"]).total_seconds()
    seen = origin_of({**row, "age_s": age_s}, None)
    heading_deg = seen.heading_deg if seen else None
    return Start(row["assignment_id"], row["lon"], row["lat"], row["profile"], heading_deg)


def _arrival(seen_at: datetime, trip: Trip, now: datetime) -> datetime:
    """Counted from when the unit was there, since it has been driving on; never in the past."""
    return max(now, seen_at + timedelta(seconds=trip.arrival_time_s))
