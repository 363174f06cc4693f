"""What people call a closure: the street it lies on, since when, and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.ranking import ClosureNote
from gis_dispatch.domain.roads import NoTrip, Trip
from gis_dispatch.ports import Roads
from gis_dispatch.services.ranking_inputs import ActiveClosure

STOPPED = {"cut_off_by_closures", "inside_closure"}
"""Why a unit does not come, where some closure is to blame and its name is wanted."""


def notes_for(
    roads: Roads,
    closures: Sequence[ActiveClosure],
    trips: Iterable[Trip | NoTrip],
    at: datetime,
    zone: ZoneInfo,
) -> dict[int, ClosureNote]:
    """Closures in words; street names are looked up only for those that some trip met."""
    met: set[int] = set()
    for trip in trips:
        if isinstance(trip, Trip):
            met.update(cost.closure_id for cost in trip.closures_avoided)
            met.update(trip.closures_entered)
        elif trip.reason in STOPPED:
            met.update(closure.road.id for closure in closures)
    return {c.road.id: note_of(roads, c, at, zone) for c in closures if c.road.id in met}


def note_of(roads: Roads, closure: ActiveClosure, at: datetime, zone: ZoneInfo) -> ClosureNote:
    """One closure in words, as they are said at a moment."""
    lon, lat = _middle(closure.road.geometry)
    road = roads.snap(lon, lat)
    return ClosureNote(
        id=closure.road.id,
        effect=closure.road.effect,
        street=road.street if road else None,
        since=_since(closure.starts_at, at, zone),
        reason=closure.reason,
        profiles=closure.road.profiles,
        geometry=closure.road.geometry,
    )


def _since(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """14:05, or with its date when that was not today."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%d/%m %H:%M}"


def _middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """A place on the drawing: the corner nearest to the middle of its corners."""
    points = list(_points(geometry["coordinates"]))
    lon = sum(point[0] for point in points) / len(points)
    lat = sum(point[1] for point in points) / len(points)
    if geometry["type"].endswith("Polygon"):
        return lon, lat
    return min(points, key=lambda point: straight_line_m(point[0], point[1], lon, lat))


def _points(coordinates: Any) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _points(part)
