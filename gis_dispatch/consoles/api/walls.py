"""The wall: what a display in the control room reads, and the displays that may."""

from typing import Any

from flask import current_app
from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Body, IdPath, Shape
from gis_dispatch.consoles.context import current_actor, current_house, current_settings
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.screens import screens_version
from gis_dispatch.ports import Row
from gis_dispatch.services.pair_wall import pair_wall, revoke_wall
from gis_dispatch.services.read_wall import read_wall

blueprint = resource("walls", "Wall displays")


class WallNow(Shape):
    """Everything the wall shows; nothing in it tells who called, who drives or who answers."""

    now: AwareDatetime
    version: str = Field(description="Of the screens: a display that shows another loads anew.")
    targets: dict[str, int]
    queue: dict[str, Any]
    incidents: list[dict[str, Any]]
    referrals: list[dict[str, Any]]
    agencies: list[dict[str, Any]]
    units: list[dict[str, Any]]
    closures: list[dict[str, Any]]
    coverage: list[dict[str, Any]]
    today: dict[str, Any]


class Wall(Shape):
    """A display."""

    id: int
    name: str
    paired_at: AwareDatetime
    paired_by: str | None
    last_seen_at: AwareDatetime | None
    revoked_at: AwareDatetime | None


class Walls(Shape):
    """All displays."""

    items: list[Wall]


class NewWall(Body):
    """The code that a display shows, and what the display is called."""

    code: str
    name: str


class MadeWall(Shape):
    """The display's number."""

    id: int


@blueprint.get("/wall", responses={200: WallNow})
@needs("wall.read")
def wall() -> Row:
    """Read what the wall shows: queue, open incidents with their clocks, units, coverage."""
    settings = current_settings()
    return {
        "version": screens_version(current_app),
        "targets": {
            "answer_s": settings.answer_target_s,
            "total_response_s": settings.total_response_target_s,
        },
        **read_wall(current_house()),
    }


@blueprint.get("/walls", responses={200: Walls})
@needs("walls.manage")
def list_walls() -> Row:
    """List the displays, and when each was seen last."""
    return {"items": current_house().store.reads.all("list_walls")}


@blueprint.post("/walls", responses={201: MadeWall})
@needs("walls.manage")
def add_wall(body: NewWall) -> tuple[Row, int]:
    """Pair the display that shows this code."""
    wall_id = pair_wall(current_house(), current_actor(), code=body.code, name=body.name)
    return {"id": wall_id}, 201


@blueprint.delete("/walls/<int:id>", responses={204: None})
@needs("walls.manage")
def remove_wall(path: IdPath) -> tuple[str, int]:
    """Revoke a display: from now on it reads nothing."""
    revoke_wall(current_house(), current_actor(), path.id)
    return "", 204
