"""A referral: one incident handed to one agency, and the states it may pass through."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.people import DISPATCHER, LEAD_OPERATOR, SIMULATOR
from gis_dispatch.domain.states import Machine, Transition

AGENCY = frozenset({DISPATCHER, LEAD_OPERATOR, SIMULATOR})

TRANSITIONS: tuple[Transition, ...] = (
    Transition("sent", "acknowledged", AGENCY),
    Transition("acknowledged", "ready", AGENCY, ("readiness_check",)),
    Transition("acknowledged", "not_ready", AGENCY, ("readiness_check",)),
    # A second check, once the crew or the pump is there after all.
    Transition("not_ready", "ready", AGENCY, ("readiness_check",)),
    Transition("ready", "not_ready", AGENCY, ("readiness_check",)),
    Transition("ready", "accepted", AGENCY),
    Transition("ready", "handed_back", AGENCY, ("reason",)),
    Transition("not_ready", "handed_back", AGENCY, ("reason",)),
    Transition("accepted", "completed", AGENCY, ("units_done",)),
)

MACHINE = Machine(
    name="referral",
    initial="sent",
    final=frozenset({"handed_back", "completed"}),
    transitions=TRANSITIONS,
)

OPEN = MACHINE.statuses - MACHINE.final


@dataclass(frozen=True)
class Referral:
    """One referral as it is stored."""

    id: int
    incident_id: int
    agency_code: str
    role: str
    status: str
    note: str | None
    sent_at: datetime
    sent_by: int | None
    acknowledged_at: datetime | None
    ready_at: datetime | None
    accepted_at: datetime | None
    handed_back_at: datetime | None
    hand_back_reason: str | None
    completed_at: datetime | None
    completion_note: str | None

    @property
    def open(self) -> bool:
        """Whether the agency still has something to do."""
        return self.status in OPEN

    @property
    def last_at(self) -> datetime:
        """The newest stamp of this referral; nothing may be dated before it."""
        stamps = (
            self.sent_at,
            self.acknowledged_at,
            self.ready_at,
            self.accepted_at,
            self.handed_back_at,
            self.completed_at,
        )
        return max(stamp for stamp in stamps if stamp is not None)
