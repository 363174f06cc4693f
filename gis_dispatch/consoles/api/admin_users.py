"""People who may sign in."""

from gis_dispatch.consoles.api.admin_shapes import MadeSecret, NewUser, User, UserChange, Users
from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_users import change_user, create_user, reset_password

blueprint = resource("users", "Administration")


@blueprint.get("/users", responses={200: Users})
@needs("users.manage")
def list_users() -> Row:
    """List everybody who may sign in, or once could."""
    return {"items": current_house().store.reads.all("list_users")}


@blueprint.post("/users", responses={201: MadeSecret})
@needs("users.manage")
def add_user(body: NewUser) -> tuple[Row, int]:
    """Make a user; the password is told in the answer, this once."""
    user_id, password = create_user(current_house(), current_actor(), **body.model_dump())
    return {"id": user_id, "secret": password}, 201


@blueprint.patch("/users/<int:id>", responses={200: User})
@needs("users.manage")
def patch_user(path: IdPath, body: UserChange) -> Row:
    """Change a user, or end their access."""
    house = current_house()
    change_user(house, current_actor(), path.id, body.model_dump(exclude_unset=True))
    return house.store.reads.one("find_user", id=path.id)


@blueprint.post("/users/<int:id>/password", responses={200: MadeSecret})
@needs("users.manage")
def new_password(path: IdPath) -> Row:
    """Give a user another password, told in the answer, this once; their sessions end."""
    secret = reset_password(current_house(), current_actor(), path.id)
    return {"id": path.id, "secret": secret}
