"""Rankings: every able unit by travel time over open roads, each with its reason."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_ranking import (
    IncidentRankingQuery,
    PlaceRankingQuery,
    Ranking,
)
from gis_dispatch.consoles.api.viewing import require_incident_visible
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.rank_place import rank_place
from gis_dispatch.services.rank_units import rank_units

blueprint = resource("ranking", "Rankings")


@blueprint.get("/incidents/<int:id>/ranking", responses={200: Ranking})
@needs("incidents.rank")
def incident_ranking(path: IdPath, query: IncidentRankingQuery) -> Row:
    """Rank units for an incident, and keep the ranking as it was shown."""
    require_incident_visible(path.id)
    return rank_units(
        current_house(),
        current_actor(),
        path.id,
        agency=query.agency,
        k=query.k,
        routes=query.routes,
    )


@blueprint.get("/ranking", responses={200: Ranking})
@needs("places.rank")
def place_ranking(query: PlaceRankingQuery) -> Row:
    """Rank units for any place; nothing is kept."""
    return rank_place(
        current_house(),
        query.lon,
        query.lat,
        profile=query.profile,
        agency=query.agency,
        k=query.k,
        routes=query.routes,
    )
