"""A call: one ring of 112, or a report by another channel, and how it may end."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.people import TELEPHONY
from gis_dispatch.domain.states import OPERATORS, Carried, Machine, Transition

CHANNELS = ("phone", "sms", "app", "radio", "walk_in", "social_media", "telephony")
INCIDENT = "incident"
NO_INCIDENT = ("hantu", "prank", "informasi", "salah_sambung", "terputus")
DISPOSITIONS = (INCIDENT, *NO_INCIDENT)

ENDERS = OPERATORS | {TELEPHONY}

TRANSITIONS: tuple[Transition, ...] = (
    Transition("waiting", "answered", OPERATORS),
    Transition("waiting", "missed", ENDERS),
    Transition("answered", "ended", ENDERS),
    Transition("linked", "recorded", ENDERS),
    # Who records or closes what a caller said has answered in the same act.
    Transition("waiting", "linked", OPERATORS, ("call_incident",)),
    Transition("answered", "linked", OPERATORS, ("call_incident",)),
    Transition("missed", "recorded", OPERATORS, ("call_incident",)),
    Transition("ended", "recorded", OPERATORS, ("call_incident",)),
    Transition("waiting", "closed", OPERATORS, ("disposition",)),
    Transition("answered", "closed", OPERATORS, ("disposition",)),
    Transition("missed", "closed", OPERATORS, ("disposition",)),
    Transition("ended", "closed", OPERATORS, ("disposition",)),
)

MACHINE = Machine(
    name="call",
    initial="waiting",
    final=frozenset({"recorded", "closed"}),
    transitions=TRANSITIONS,
    carries={
        "waiting": Carried(("received_at",)),
        "answered": Carried(("received_at", "answered_at")),
        "missed": Carried(("received_at", "ended_at")),
        "ended": Carried(("received_at", "answered_at", "ended_at")),
        "linked": Carried(("received_at", "answered_at", "disposition", "incident_id")),
        "recorded": Carried(
            ("received_at", "ended_at", "disposition", "incident_id"), ("answered_at",)
        ),
        "closed": Carried(("received_at", "ended_at", "disposition"), ("answered_at",)),
    },
    evidence={"call_incident": ("incident_id", "disposition"), "disposition": ("disposition",)},
    undoable=frozenset({"answered", "missed", "ended", "closed"}),
)


ENDS = {"waiting": "missed", "answered": "ended", "linked": "recorded"}
"""Where hanging up leads from each status in which somebody is on the line."""
LINKS = {"waiting": "linked", "answered": "linked", "missed": "recorded", "ended": "recorded"}
"""Where counting a call to an incident leads."""


@dataclass(frozen=True)
class Call:
    """One call as it is stored."""

    id: int
    channel: str
    caller_number: str | None
    caller_name: str | None
    external_id: str | None
    received_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    disposition: str | None
    note: str | None
    incident_id: int | None
    operator_id: int | None
    lon: float | None
    lat: float | None
    accuracy_m: float | None
    location_method: str | None
    sample: bool

    @property
    def status(self) -> str:
        """Where it stands; told by its stamps, and by `call_status` in the database alike."""
        if self.disposition == INCIDENT:
            return "linked" if self.ended_at is None else "recorded"
        if self.disposition is not None:
            return "closed"
        if self.ended_at is not None:
            return "missed" if self.answered_at is None else "ended"
        return "waiting" if self.answered_at is None else "answered"

    @property
    def last_at(self) -> datetime:
        """The newest stamp of this call; nothing may be dated before it."""
        stamps = (self.received_at, self.answered_at, self.ended_at)
        return max(stamp for stamp in stamps if stamp is not None)
