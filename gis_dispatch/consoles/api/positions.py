"""Positions: where units were last seen, and where a crew says it is."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_units import NewPosition, PositionResult, Positions
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.streams import positions_for
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import Row
from gis_dispatch.services.track_position import track_positions

blueprint = resource("positions", "Positions")


class UnitMissing(BadInput):
    """{field}: say which unit this is the position of."""


@blueprint.get("/positions", responses={200: Positions})
@needs("positions.read")
def list_positions() -> Row:
    """List the last known position of every unit, with its age."""
    rows = current_house().store.reads.all("live_positions")
    return {"items": positions_for(current_actor(), rows)}


@blueprint.post("/positions", responses={201: PositionResult})
@needs("positions.send")
def send(body: NewPosition) -> tuple[Row, int]:
    """Say where a unit is; a late or repeated point is kept or dropped, never an error."""
    actor = current_actor()
    unit_id = body.unit_id or actor.unit_id
    if unit_id is None:
        raise UnitMissing(field="unit_id")
    report = Report(**body.model_dump(exclude={"unit_id"}))
    [judgement] = track_positions(current_house(), actor, unit_id, [report])
    return {
        "kept": judgement.kept,
        "shown": judgement.shown,
        "judgement": list(judgement.flags),
    }, 201
