"""What the city agreed on beforehand: agencies, kinds of emergency, vehicle profiles."""

from gis_dispatch.consoles.api.admin_shapes import (
    Agencies,
    AgencyBody,
    CodePath,
    Kind,
    KindChange,
    Kinds,
    NewKind,
    Profiles,
)
from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.vehicle_profiles import profile_report
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_agencies import put_agency
from gis_dispatch.services.manage_kinds import add_kind, change_kind

blueprint = resource("administration", "Administration")


@blueprint.get("/agencies", responses={200: Agencies})
@needs("agencies.manage")
def list_agencies() -> Row:
    """List every agency, used or not, with how much belongs to it."""
    return _agencies()


@blueprint.put("/agencies/<code>", responses={200: Agencies})
@needs("agencies.manage")
def save_agency(path: CodePath, body: AgencyBody) -> Row:
    """Add the agency of this code, or change it."""
    put_agency(current_house(), current_actor(), path.code, **body.model_dump())
    return _agencies()


@blueprint.get("/kinds", responses={200: Kinds})
@needs("kinds.manage")
def list_kinds() -> Row:
    """List every kind of emergency, used or not, each followed by its sub-kinds."""
    return {"items": current_house().store.reads.all("list_kinds")}


@blueprint.post("/kinds", responses={201: Kind})
@needs("kinds.manage")
def create_kind(body: NewKind) -> tuple[Row, int]:
    """Add a kind, or with a parent a sub-kind."""
    house = current_house()
    given = body.model_dump()
    code = add_kind(house, current_actor(), kind_code=given.pop("code"), **given)
    return house.store.reads.one("find_kind", code=code), 201


@blueprint.patch("/kinds/<code>", responses={200: Kind})
@needs("kinds.manage")
def patch_kind(path: CodePath, body: KindChange) -> Row:
    """Change a kind; its code stays, because cases carry it."""
    house = current_house()
    change_kind(house, current_actor(), path.code, body.model_dump(exclude_unset=True))
    return house.store.reads.one("find_kind", code=path.code)


@blueprint.get("/profiles", responses={200: Profiles})
@needs("profiles.read")
def list_profiles() -> Row:
    """List how each kind of vehicle drives, where that is from, and what is wrong with a file."""
    return profile_report(current_house())


def _agencies() -> Row:
    return {"items": current_house().store.reads.all("list_agencies")}
