"""Incidents: recorded, listed, read, changed and moved."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Events, IdPath
from gis_dispatch.consoles.api.shapes_acts import (
    IncidentChange,
    IncidentQuery,
    NearbyQuery,
    NewIncident,
    NewLocation,
)
from gis_dispatch.consoles.api.shapes_incidents import (
    IncidentDetail,
    Incidents,
    NearbyIncidents,
    Proposal,
)
from gis_dispatch.consoles.api.viewing import agency_seen, require_incident_visible, unit_seen
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.streaming.sight import CALLER_FIELDS
from gis_dispatch.ports import Row
from gis_dispatch.services.change_incident import change_incident
from gis_dispatch.services.find_nearby import find_nearby
from gis_dispatch.services.propose_agencies import propose_agencies
from gis_dispatch.services.read_incident import read_incident
from gis_dispatch.services.record_incident import record_incident
from gis_dispatch.services.relocate_incident import relocate_incident

blueprint = resource("incidents", "Incidents")


def detail(id: int) -> Row:
    """One incident, as this viewer may see it."""
    require_incident_visible(id)
    return read_incident(current_house(), id, current_actor())


@blueprint.get("/incidents", responses={200: Incidents})
@needs("incidents.read")
def list_incidents(query: IncidentQuery) -> Row:
    """List incidents, newest first, by state, place, time, kind and agency."""
    west, south, east, north = query.box or (None, None, None, None)
    rows = current_house().store.reads.all(
        "list_incidents",
        status=query.status,
        west=west,
        south=south,
        east=east,
        north=north,
        from_at=query.since,
        to_at=query.until,
        kind=query.kind,
        agency=agency_seen(query.agency),
        unit_id=unit_seen(None),
        limit=query.limit,
    )
    return {"items": rows}


@blueprint.post("/incidents", responses={201: IncidentDetail})
@needs("incidents.record")
def record(body: NewIncident) -> tuple[Row, int]:
    """Record what is happening and where, from a call or without one."""
    incident = record_incident(current_house(), current_actor(), **body.model_dump())
    return detail(incident.id), 201


@blueprint.get("/incidents/nearby", responses={200: NearbyIncidents})
@needs("incidents.record")
def nearby(query: NearbyQuery) -> Row:
    """Find open incidents close to a place, likeliest to be the same one first."""
    found = find_nearby(
        current_house(), query.lon, query.lat, kind=query.kind, radius_m=query.radius_m
    )
    return {"items": found}


@blueprint.get("/incidents/<int:id>", responses={200: IncidentDetail})
@needs("incidents.read")
def get_incident(path: IdPath) -> Row:
    """Read everything about one incident that you may see."""
    return detail(path.id)


@blueprint.patch("/incidents/<int:id>", responses={200: IncidentDetail})
@needs("incidents.change")
def change(path: IdPath, body: IncidentChange) -> Row:
    """Change kind, priority, description, needs or caller; what is left out stays."""
    changes = body.model_dump(exclude_unset=True)
    change_incident(current_house(), current_actor(), path.id, **changes)
    return detail(path.id)


@blueprint.put("/incidents/<int:id>/location", responses={200: IncidentDetail})
@needs("incidents.change")
def relocate(path: IdPath, body: NewLocation) -> Row:
    """Say better where it is; the place before stays in the history."""
    relocate_incident(current_house(), current_actor(), path.id, **body.model_dump())
    return detail(path.id)


@blueprint.get("/incidents/<int:id>/proposal", responses={200: Proposal})
@needs("incidents.refer")
def proposal(path: IdPath) -> Row:
    """List the agencies that the response plan proposes."""
    return propose_agencies(current_house(), path.id)


@blueprint.get("/incidents/<int:id>/history", responses={200: Events})
@needs("incidents.read")
def history(path: IdPath) -> Row:
    """List everything that happened to one incident, oldest first."""
    require_incident_visible(path.id)
    reads = current_house().store.reads
    reads.one("get_incident", id=path.id)
    rows = reads.all(
        "list_events_of_incident",
        incident_id=path.id,
        only_agency=current_actor().only_agency,
    )
    for row in rows:
        row["data"] = {k: v for k, v in row["data"].items() if k not in CALLER_FIELDS}
    return {"items": rows}
