"""Places by name, for the pin: streets, stations, kelurahan, landmarks."""

from dataclasses import asdict

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_units import PlaceQuery, Places
from gis_dispatch.consoles.context import current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row

blueprint = resource("places", "Places")


@blueprint.get("/places", responses={200: Places})
@needs("places.search")
def search(query: PlaceQuery) -> Row:
    """Find places by name or coordinates, the best first; near a point when one is given."""
    near = None if query.lon is None or query.lat is None else (query.lon, query.lat)
    found = current_house().geocoder.search(query.q, near=near, limit=query.limit)
    return {"items": [asdict(place) for place in found]}
