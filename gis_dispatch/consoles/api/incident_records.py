"""What an incident leaves behind: its case document and the ways its units took."""

from typing import Literal

from pydantic import AwareDatetime

from gis_dispatch.consoles.api.document import a_file, resource
from gis_dispatch.consoles.api.shapes import IdPath, Line, Point, Shape
from gis_dispatch.consoles.api.viewing import require_incident_visible
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.errors import NotFound
from gis_dispatch.ports import Row

blueprint = resource("incident_records", "Incidents")


class CaseNotClosed(NotFound):
    """Incident {number} has no case document yet; one is made when it is closed."""


class TrackProperties(Shape):
    """Whose way this is, and when each point of it was."""

    assignment_id: int
    unit_id: int
    call_sign: str
    agency_code: str
    times: list[AwareDatetime]


class Track(Shape):
    """The way of one unit as a GeoJSON feature."""

    type: Literal["Feature"]
    id: int
    geometry: Line | Point
    properties: TrackProperties


class Tracks(Shape):
    """The ways of all units as a GeoJSON feature collection."""

    type: Literal["FeatureCollection"]
    features: list[Track]


@blueprint.get("/incidents/<int:id>/document", responses={200: a_file("application/json")})
@needs("deliveries.read")
def case_document(path: IdPath) -> Row:
    """Read the newest case document, as it goes to the data centre."""
    reads = current_house().store.reads
    number = reads.one("get_incident", id=path.id)["number"]
    row = reads.find("api_case_document", incident_id=path.id)
    if row is None:
        raise CaseNotClosed(number=number)
    made: Row = row["document"]
    return made


@blueprint.get("/incidents/<int:id>/track", responses={200: Tracks})
@needs("incidents.read")
def track(path: IdPath) -> Row:
    """Read the way each unit took while it was sent here."""
    require_incident_visible(path.id)
    reads = current_house().store.reads
    reads.one("get_incident", id=path.id)
    rows = reads.all("api_track", incident_id=path.id, only_agency=current_actor().only_agency)
    return {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}


def _feature(row: Row) -> Row:
    points = row.pop("coordinates")
    geometry: Row = {"type": "LineString", "coordinates": points}
    if len(points) == 1:
        geometry = {"type": "Point", "coordinates": points[0]}
    return {
        "type": "Feature",
        "id": row["assignment_id"],
        "geometry": geometry,
        "properties": row,
    }
