"""Positions: where units were last seen, and where a crew says it is."""

from collections.abc import Sequence

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_units import (
    NewPosition,
    NewPositions,
    PositionResult,
    PositionResults,
    Positions,
)
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.streaming.streams import positions_for
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import Row
from gis_dispatch.services.track_position import track_positions

blueprint = resource("positions", "Positions")


class UnitMissing(BadInput):
    """{field}: say which unit this is the position of."""


class SeveralUnits(BadInput):
    """{field}: the positions of one request must all be of one unit."""


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
    return _tracked([body])[0], 201


@blueprint.post("/positions/batch", responses={201: PositionResults})
@needs("positions.send")
def send_many(body: NewPositions) -> tuple[Row, int]:
    """Say where a unit has been while there was no signal, in one transaction."""
    return {"items": _tracked(body.items)}, 201


def _tracked(given: Sequence[NewPosition]) -> list[Row]:
    actor = current_actor()
    units = {one.unit_id or actor.unit_id for one in given}
    if len(units) > 1:
        raise SeveralUnits(field="unit_id")
    [unit_id] = units
    if unit_id is None:
        raise UnitMissing(field="unit_id")
    reports = [Report(**one.model_dump(exclude={"unit_id"})) for one in given]
    judgements = track_positions(current_house(), actor, unit_id, reports)
    return [{"kept": j.kept, "shown": j.shown, "judgement": list(j.flags)} for j in judgements]
