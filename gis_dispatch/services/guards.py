"""Narrower than a role: one's own agency, one's own unit, sample data only."""

from gis_dispatch.domain.people import CREW, DISPATCHER, SIMULATOR, Actor
from gis_dispatch.errors import AgencyNotYours, OnlySample, UnitNotYours
from gis_dispatch.ports import Transaction


def require_agency(actor: Actor, agency_code: str) -> None:
    """A dispatcher acts only for the own agency; a lead operator may overrule."""
    if actor.role == DISPATCHER and actor.agency_code != agency_code:
        raise AgencyNotYours(agency=agency_code)


def require_unit(tx: Transaction, actor: Actor, unit_id: int) -> None:
    """A crew acts only for its own unit, a dispatcher for units of the own agency."""
    if actor.role == CREW and actor.unit_id != unit_id:
        raise UnitNotYours(unit=tx.units.get(unit_id).call_sign)
    if actor.role == DISPATCHER:
        require_agency(actor, tx.units.get(unit_id).agency_code)
    if actor.role == SIMULATOR:
        require_sample(actor, tx.units.get(unit_id).sample)


def require_sample(actor: Actor, sample: bool) -> None:
    """The simulator never touches what is real."""
    if actor.role == SIMULATOR and not sample:
        raise OnlySample
