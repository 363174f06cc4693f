"""Areas for which other response plans hold than around them: drawn, or imported from GeoJSON."""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import AreaInUse, AreaNotFound, AreaUnusable, NameTaken
from gis_dispatch.services.manage_common import record, text

MOST_POINTS = 20_000


def put_plan_area(
    house: House, actor: Actor, area_id: int | None, *, name: str, geometry: Mapping[str, Any]
) -> int:
    """A new area, or another name and outline for one; its number."""
    words = text(name, "name")
    outline = outline_of(geometry)
    with house.store.transaction() as tx:
        if tx.find("find_plan_area_named", name=words, but=area_id) is not None:
            raise NameTaken(name=words)
        found = tx.value("put_plan_area", id=area_id, name=words, geometry=outline)
        if found is None:
            raise AreaNotFound(id=area_id)
        record(tx, house, actor, "plan.area_changed", area_id=int(found), name=words)
    return int(found)


def remove_plan_area(house: House, actor: Actor, area_id: int) -> None:
    """Only one that no plan and no neighbour is for."""
    with house.store.transaction() as tx:
        found = tx.find("find_plan_area", id=area_id)
        if found is None:
            raise AreaNotFound(id=area_id)
        if found["use_count"]:
            raise AreaInUse(count=found["use_count"], name=found["name"])
        tx.run("remove_plan_area", id=area_id)
        record(tx, house, actor, "plan.area_changed", area_id=area_id, removed=True)


def outline_of(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The polygons of a geometry, of a feature or of all features of a collection, as one."""
    polygons = _polygons(geometry)
    rings: list[Any] = [
        ring for polygon in polygons for ring in (polygon if _is_list(polygon) else [()])
    ]
    if not rings or not all(map(_closed, rings)) or sum(map(len, rings)) > MOST_POINTS:
        raise AreaUnusable(field="geometry")
    return {"type": "MultiPolygon", "coordinates": polygons}


def _polygons(given: Any) -> list[Any]:
    if isinstance(given, Mapping):
        kind, inside = given.get("type"), given.get("coordinates")
        if kind == "FeatureCollection" and _is_list(given.get("features")):
            return [polygon for feature in given["features"] for polygon in _polygons(feature)]
        if kind == "Feature":
            return _polygons(given.get("geometry"))
        if kind == "Polygon" and _is_list(inside):
            return [inside]
        if kind == "MultiPolygon" and _is_list(inside):
            return list(inside or ())
    raise AreaUnusable(field="geometry")


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _closed(ring: Any) -> bool:
    return (
        isinstance(ring, list)
        and len(ring) >= 4
        and ring[0] == ring[-1]
        and all(map(_possible, ring))
    )


def _possible(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) >= 2
        and all(isinstance(number, int | float) for number in point[:2])
        and abs(point[0]) <= 180
        and abs(point[1]) <= 90
    )
