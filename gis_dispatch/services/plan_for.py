"""The response plan that holds for an incident: its kind, priority and place."""

from gis_dispatch.domain.plans import Choice, choose_plan, items_of
from gis_dispatch.ports import Reads


def plan_for(reads: Reads, kind: str, priority: int, lon: float, lat: float) -> Choice:
    """The most specific plan, and why."""
    rows = reads.all("list_plan_items", kind=kind, lon=lon, lat=lat)
    return choose_plan(items_of(rows), kind, priority)
