"""A referral: one incident handed to one agency, and the states it may pass through."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.people import DISPATCHER, LEAD_OPERATOR, OPERATOR, SIMULATOR
from gis_dispatch.domain.states import Carried, Machine, Transition

NEIGHBOUR = "neighbour"
"""The kind of an agency of another city."""

# An operator only for a neighbour, which has no desk here and answers by telephone.
AGENCY = frozenset({DISPATCHER, LEAD_OPERATOR, OPERATOR, SIMULATOR})

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

ACCEPTED = ("sent_at", "acknowledged_at", "ready_at", "accepted_at")

MACHINE = Machine(
    name="referral",
    initial="sent",
    final=frozenset({"handed_back", "completed"}),
    transitions=TRANSITIONS,
    carries={
        "sent": Carried(("sent_at",)),
        "acknowledged": Carried(("sent_at", "acknowledged_at")),
        "ready": Carried(("sent_at", "acknowledged_at", "ready_at")),
        "not_ready": Carried(("sent_at", "acknowledged_at")),
        "accepted": Carried(ACCEPTED),
        "handed_back": Carried(
            ("sent_at", "acknowledged_at", "handed_back_at", "hand_back_reason"), ("ready_at",)
        ),
        "completed": Carried((*ACCEPTED, "completed_at")),
    },
    evidence={"reason": ("hand_back_reason",)},
    # A readiness check is a record of its own: a wrong one is followed by another, not undone.
    undoable=frozenset({"acknowledged", "accepted", "handed_back", "completed"}),
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
