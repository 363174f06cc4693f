"""Stations: fire stations, posts and hospitals that units come from or go to."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_units import StationQuery, Stations
from gis_dispatch.consoles.context import current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row

blueprint = resource("stations", "Stations")


@blueprint.get("/stations", responses={200: Stations})
@needs("stations.read")
def list_stations(query: StationQuery) -> Row:
    """List stations by name."""
    rows = current_house().store.reads.all(
        "list_stations", agency=query.agency, kind=query.kind, include_inactive=query.all
    )
    return {"items": rows}
