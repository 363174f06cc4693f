"""All state tables in one place, as the database is taught them."""

from gis_dispatch.domain import assignment, call, duty, incident, move, referral
from gis_dispatch.domain.states import Machine

MACHINES: tuple[Machine, ...] = (
    incident.MACHINE,
    referral.MACHINE,
    assignment.MACHINE,
    duty.MACHINE,
    call.MACHINE,
    move.MACHINE,
)
