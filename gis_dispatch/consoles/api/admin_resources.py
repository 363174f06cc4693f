"""Stations and units as an administrator keeps them: the writing half of their resources.

On the blueprints of the reading half, because the OpenAPI document files a path under one.
"""

from gis_dispatch.consoles.api.admin_resource_shapes import (
    CrewNeeds,
    NewStation,
    NewUnit,
    StationChange,
    TypesNeeds,
    UnitChange,
)
from gis_dispatch.consoles.api.admin_shapes import CodePath
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_units import Station, Unit
from gis_dispatch.consoles.api.stations import blueprint as stations
from gis_dispatch.consoles.api.units import blueprint as units
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_crew_needs import list_crew_needs, put_crew_needs
from gis_dispatch.services.manage_stations import add_station, change_station, remove_station
from gis_dispatch.services.manage_units import add_unit, change_unit, remove_unit


@stations.post("/stations", responses={201: Station})
@needs("stations.edit")
def create_station(body: NewStation) -> tuple[Row, int]:
    """Add a station."""
    house = current_house()
    station_id = add_station(house, current_actor(), **body.model_dump())
    return house.store.reads.one("get_station", id=station_id), 201


@stations.patch("/stations/<int:id>", responses={200: Station})
@needs("stations.edit")
def patch_station(path: IdPath, body: StationChange) -> Row:
    """Move, rename or otherwise change a station."""
    house = current_house()
    change_station(house, current_actor(), path.id, body.model_dump(exclude_unset=True))
    return house.store.reads.one("get_station", id=path.id)


@stations.delete("/stations/<int:id>", responses={204: None})
@needs("stations.edit")
def delete_station(path: IdPath) -> tuple[str, int]:
    """Take a station out of use; refused while units are based there."""
    remove_station(current_house(), current_actor(), path.id)
    return "", 204


@units.post("/units", responses={201: Unit})
@needs("units.edit")
def create_unit(body: NewUnit) -> tuple[Row, int]:
    """Add a unit."""
    house = current_house()
    unit_id = add_unit(house, current_actor(), body.model_dump())
    return house.store.reads.one("get_unit", id=unit_id), 201


@units.patch("/units/<int:id>", responses={200: Unit})
@needs("units.edit")
def patch_unit(path: IdPath, body: UnitChange) -> Row:
    """Change a unit, its crew or its equipment."""
    house = current_house()
    change_unit(house, current_actor(), path.id, body.model_dump(exclude_unset=True))
    return house.store.reads.one("get_unit", id=path.id)


@units.delete("/units/<int:id>", responses={204: None})
@needs("units.edit")
def delete_unit(path: IdPath) -> tuple[str, int]:
    """Take a unit out of use; refused while it is out."""
    remove_unit(current_house(), current_actor(), path.id)
    return "", 204


@units.get("/crew-needs", responses={200: TypesNeeds})
@needs("units.edit")
def crew_needs() -> Row:
    """List how many people of which skill units of each type need."""
    return {"items": list_crew_needs(current_house().store.reads)}


@units.put("/crew-needs/<code>", responses={200: TypesNeeds})
@needs("units.edit")
def save_crew_needs(path: CodePath, body: CrewNeeds) -> Row:
    """Say what the crew of a type needs, whole."""
    house = current_house()
    put_crew_needs(house, current_actor(), path.code, body.model_dump()["needs"])
    return {"items": list_crew_needs(house.store.reads)}
