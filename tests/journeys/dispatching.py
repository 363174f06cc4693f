"""Sends a unit out behind the back of a browser, as operator and dispatcher would."""

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.people import DISPATCHER, OPERATOR, Actor
from gis_dispatch.ports import House
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.record_incident import record_incident
from gis_dispatch.services.refer_incident import refer_incident
from tests.consoles.town import PLACE

OPERATES = Actor(None, "Siti", OPERATOR)
DISPATCHES = Actor(None, "Agus", DISPATCHER, "damkar")


def sent_out(house: House, unit_id: int = 1) -> Assignment:
    """A fire, and the unit on its way to it."""
    incident = record_incident(
        house, OPERATES, kind="kebakaran", verified=True, description="Asap tebal", **PLACE
    )
    [referral] = refer_incident(house, OPERATES, incident.id, ["damkar"])
    acknowledge_referral(house, DISPATCHES, referral.id)
    fit = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
    check_readiness(house, DISPATCHES, referral.id, **fit)
    accept_referral(house, DISPATCHES, referral.id)
    [assignment] = assign_units(house, DISPATCHES, incident.id, referral.id, [unit_id])
    return assignment
