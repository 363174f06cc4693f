"""Rankings: every able unit by travel time over open roads, each with its reason."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_ranking import (
    Explanation,
    IncidentRankingQuery,
    PlaceRankingQuery,
    Ranking,
    RecommendedUnitPath,
)
from gis_dispatch.consoles.api.viewing import require_incident_visible
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.errors import IncidentNotFound, RecommendationNotFound
from gis_dispatch.ports import Row
from gis_dispatch.services.explain_ranking import explain_ranking
from gis_dispatch.services.rank_place import rank_place
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.replay_recommendation import find_recommendation

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
        current_actor(),
        query.lon,
        query.lat,
        profile=query.profile,
        agency=query.agency,
        k=query.k,
        routes=query.routes,
    )


@blueprint.get("/recommendations/<int:id>/units/<int:unit_id>", responses={200: Explanation})
@needs("incidents.rank")
def recommended_unit(path: RecommendedUnitPath) -> Row:
    """Explain where one unit stands in a kept ranking, and where it would stand otherwise."""
    house = current_house()
    kept, only = find_recommendation(house, path.id), current_actor().only_agency
    if only not in (None, kept["inputs"].get("agency")):
        raise RecommendationNotFound(id=path.id)
    try:
        require_incident_visible(kept["incident_id"])
    except IncidentNotFound:
        raise RecommendationNotFound(id=path.id) from None
    return explain_ranking(house, path.id, path.unit_id, only)
