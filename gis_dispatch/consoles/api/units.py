"""Units: who can be sent, with which crew and equipment, and whether on duty."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_tracks import TrackQuery, UnitTrack
from gis_dispatch.consoles.api.shapes_units import NewDuty, Unit, UnitQuery, Units
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.errors import UnitNotFound
from gis_dispatch.ports import Row
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.read_track import read_track

blueprint = resource("units", "Units")


@blueprint.get("/units", responses={200: Units})
@needs("units.read")
def list_units(query: UnitQuery) -> Row:
    """List units with crew, equipment, last position and what they are bound by."""
    rows = current_house().store.reads.all(
        "list_units",
        agency=current_actor().only_agency or query.agency,
        include_inactive=query.all,
    )
    return {"items": rows}


@blueprint.get("/units/<int:id>", responses={200: Unit})
@needs("units.read")
def get_unit(path: IdPath) -> Row:
    """Read one unit."""
    row = current_house().store.reads.one("get_unit", id=path.id)
    if current_actor().only_agency not in (None, row["agency_code"]):
        raise UnitNotFound(id=path.id)
    return row


@blueprint.get("/units/<int:id>/track", responses={200: UnitTrack})
@needs("tracks.read")
def track(path: IdPath, query: TrackQuery) -> Row:
    """Read where a unit has been; a crew reads its own unit's track only."""
    return read_track(current_house(), current_actor(), path.id, query.minutes)


@blueprint.put("/units/<int:id>/duty", responses={200: Unit})
@needs("units.duty")
def duty(path: IdPath, body: NewDuty) -> Row:
    """Say whether a unit is available, and why not."""
    house = current_house()
    change_duty(house, current_actor(), path.id, **body.model_dump())
    return house.store.reads.one("get_unit", id=path.id)
