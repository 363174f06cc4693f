"""The road network that travel times come from, and what it tells planners and who closes roads."""

from dataclasses import asdict

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_roads import (
    PointQuery,
    Reach,
    ReachQuery,
    Road,
    Times,
    TimesAsked,
)
from gis_dispatch.consoles.api.shapes_units import Roads
from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.find_edge import find_edge
from gis_dispatch.services.find_reach import find_reach
from gis_dispatch.services.tabulate_times import tabulate_times

blueprint = resource("roads", "Roads")


@blueprint.get("/roads", responses={200: Roads})
@needs("roads.read")
def roads() -> Row:
    """Say which road network is loaded, how large it is, and where it is from."""
    return asdict(current_house().roads.status())


@blueprint.get("/roads/edge", responses={200: Road})
@needs("closures.make")
def edge(query: PointQuery) -> Row:
    """Find the whole road under a point, ready to be closed."""
    return find_edge(current_house(), query.lon, query.lat)


@blueprint.get("/roads/reach", responses={200: Reach})
@needs("roads.plan")
def reach(query: ReachQuery) -> Row:
    """Draw what a vehicle reaches within so many minutes by open roads."""
    return find_reach(
        current_house(), query.lon, query.lat, query.profile, query.minutes, query.turnout_s, aside
    )


@blueprint.post("/roads/times", responses={200: Times})
@needs("roads.plan")
def times(body: TimesAsked) -> Row:
    """Work out driving times from many places to many by open roads."""
    return tabulate_times(current_house(), body.profile, body.origins, body.destinations, aside)
