"""Move-ups: what sending units would leave behind, and units that stand by elsewhere."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Body, IdPath, KeptReport, Query, Shape
from gis_dispatch.consoles.api.shapes_acts import Reason
from gis_dispatch.consoles.api.viewing import (
    agency_seen,
    require_incident_visible,
    unit_seen,
)
from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_actor, current_house, current_settings
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.end_move import report_arrival, take_back_move
from gis_dispatch.services.order_moves import order_moves
from gis_dispatch.services.weigh_sending import weigh_sending

blueprint = resource("moves", "Move-ups")

MOST_UNITS = 40


class FallenVillage(Shape):
    """A village that falls out of the standard; shares of its road, 0 to 1."""

    code: str
    name: str
    before: float
    after: float
    restored: float = Field(description="Once everybody stands by where it is proposed.")
    comes_back: bool


class ProposedMove(Shape):
    """One free unit, and where it would stand by."""

    unit_id: int
    call_sign: str
    agency_code: str
    station_id: int
    station: str
    lon: float
    lat: float
    driving_time_s: float


class WeighedGroup(Shape):
    """What sending leaves behind among units of which any one will do."""

    code: str
    name_id: str
    name_en: str
    units_before: int
    units_after: int
    whole_before: float = Field(description="Share of all road within the standard, 0 to 1.")
    whole_after: float
    whole_restored: float
    fallen: list[FallenVillage]
    moves: list[ProposedMove] = Field(description="The cheapest that restores the most.")
    proven: bool = Field(description="False: there was no time to prove that none is cheaper.")
    sentence_id: str
    sentence_en: str


class Weighed(Shape):
    """What sending units would leave behind, by the units and closures of this moment."""

    standard_s: int
    within_share: float = Field(description="So much of a village's road is within it.")
    made_at: AwareDatetime
    groups: list[WeighedGroup]


class Sending(Body):
    """Which units would be sent."""

    unit_ids: list[int] = Field(min_length=1, max_length=MOST_UNITS)


class OneMove(Body):
    """A unit, and the station where it is to stand by."""

    unit_id: int
    station_id: int


class NewMoves(Body):
    """Who is to stand by where, because of which incident, and what that is for."""

    moves: list[OneMove] = Field(max_length=MOST_UNITS)
    incident_id: int | None = None
    restores: dict[str, Any] | None = Field(default=None, description="As it was shown; kept.")
    note: str | None = None


class MovedUnit(Shape):
    """The unit that moves, and where it is."""

    id: int
    call_sign: str
    agency_code: str
    icon: str | None
    lon: float | None
    lat: float | None


class MoveStation(Shape):
    """Where it is to stand by."""

    id: int
    name: str
    lon: float
    lat: float


class MoveOrder(Shape):
    """One unit's order to stand by at a station."""

    id: int
    unit: MovedUnit
    station: MoveStation
    incident_id: int | None
    incident_number: str | None
    status: str
    ordered_at: AwareDatetime
    ordered_by: str | None
    ended_at: AwareDatetime | None
    reason: str | None


class Moves(Shape):
    """A list of moves, newest first."""

    items: list[MoveOrder]


class MoveQuery(Query):
    """Which moves."""

    state: Literal["open", "all"] = "open"
    agency: str | None = None
    unit_id: int | None = None


class Arrival(KeptReport):
    """When the unit was there; said twice it is said once, with the same key or another."""


@blueprint.post("/incidents/<int:id>/weigh-sending", responses={200: Weighed})
@needs("assignments.make")
def weigh(path: IdPath, body: Sending) -> Row:
    """Work out what sending these units would leave behind, and who could stand by where."""
    require_incident_visible(path.id)
    return weigh_sending(
        current_house(),
        current_actor(),
        body.unit_ids,
        current_settings().total_response_target_s,
        aside,
    )


@blueprint.get("/moves", responses={200: Moves})
@needs("moves.read")
def list_moves(query: MoveQuery) -> Row:
    """List units that stand by elsewhere; a crew sees its own, a dispatcher the own agency's."""
    rows = current_house().store.reads.all(
        "list_moves",
        state=query.state,
        agency=agency_seen(query.agency),
        unit_id=unit_seen(query.unit_id),
    )
    return {"items": rows}


@blueprint.post("/moves", responses={201: Moves})
@needs("moves.order")
def order(body: NewMoves) -> tuple[Row, int]:
    """Order free units to stand by at other stations: all of them, or none."""
    if body.incident_id is not None:
        require_incident_visible(body.incident_id)
    given = body.model_dump()
    made = order_moves(current_house(), current_actor(), given.pop("moves"), **given)
    return {"items": [_move(move_id) for move_id in made]}, 201


@blueprint.post("/moves/<int:id>/arrive", responses={200: MoveOrder})
@needs("moves.arrive")
def arrive(path: IdPath, body: Arrival) -> Row:
    """Say that the unit is at the station."""
    report_arrival(current_house(), current_actor(), path.id, body.occurred_at)
    return _move(path.id)


@blueprint.post("/moves/<int:id>/take-back", responses={200: MoveOrder})
@needs("moves.order")
def take_back(path: IdPath, body: Reason) -> Row:
    """Call the unit back to its own station, with the reason."""
    take_back_move(current_house(), current_actor(), path.id, body.reason)
    return _move(path.id)


def _move(move_id: int) -> Row:
    return current_house().store.reads.one("get_move", id=move_id)
