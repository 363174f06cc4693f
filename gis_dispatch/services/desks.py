"""Whose desk somebody sits at: an agency's dispatcher at that agency's, everybody else at 112's."""

from gis_dispatch.domain.people import DISPATCHER, Actor
from gis_dispatch.errors import DeskNotYours, OnlyPeople


def desk_of(actor: Actor) -> str | None:
    """The agency's code; None is the desk of the operators."""
    return actor.agency_code if actor.role == DISPATCHER else None


def require_desk(actor: Actor, agency_code: str | None) -> None:
    """Somebody acts at the own desk only."""
    if desk_of(actor) != agency_code:
        raise DeskNotYours


def person(actor: Actor) -> int:
    """Who is responsible must be somebody: the number of the account."""
    if actor.user_id is None:
        raise OnlyPeople
    return actor.user_id
