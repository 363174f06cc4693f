"""What ordering a move may be refused for, and the sentence for it."""

from gis_dispatch.errors import BadInput, Conflict, NotFound


class MoveNotFound(NotFound):
    """There is no move {id}."""


class NoMoveGiven(BadInput):
    """{field}: choose at least one unit and its station."""


class UnitIsMoving(Conflict):
    """{unit} is already on its way to {station}. Take that back first."""


class UnitIsOutAlready(Conflict):
    """{unit} is out for an incident: it cannot stand by elsewhere."""


class StationOfOtherAgency(Conflict):
    """{station} belongs to another agency than {unit}."""
