"""A unit and its duty: available, off duty or out of service. "Busy" is never stored."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.people import ADMINISTRATOR, CREW, DISPATCHER, LEAD_OPERATOR, SIMULATOR
from gis_dispatch.domain.states import Machine, Transition

WHO = frozenset({CREW, DISPATCHER, LEAD_OPERATOR, ADMINISTRATOR, SIMULATOR})

TRANSITIONS: tuple[Transition, ...] = (
    Transition("available", "off_duty", WHO),
    Transition("available", "out_of_service", WHO, ("reason",)),
    Transition("off_duty", "available", WHO),
    Transition("off_duty", "out_of_service", WHO, ("reason",)),
    Transition("out_of_service", "available", WHO),
    Transition("out_of_service", "off_duty", WHO),
)

MACHINE = Machine(
    name="unit",
    initial="available",
    final=frozenset(),
    transitions=TRANSITIONS,
    evidence={"reason": ("duty_reason",)},
)

DUTIES = ("available", "off_duty", "out_of_service")


@dataclass(frozen=True)
class Unit:
    """One unit as it is stored."""

    id: int
    call_sign: str
    agency_code: str
    station_id: int | None
    type_code: str
    duty: str
    duty_reason: str | None
    duty_changed_at: datetime
    sample: bool
    active: bool
