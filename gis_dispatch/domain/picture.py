"""The picture of a room at one moment: what was known of calls, incidents, agencies, units, roads.

Every record is frozen; a picture is the newest record of each thing, by what and which it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

Key = tuple[str, int]


@dataclass(frozen=True)
class Known:
    """What was known of one thing."""

    thing: ClassVar[str]
    id: int

    @property
    def key(self) -> Key:
        """What it is, and which."""
        return self.thing, self.id


@dataclass(frozen=True)
class KnownCall(Known):
    """A call; who called is never part of a picture."""

    thing = "call"
    channel: str
    received_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    disposition: str | None = None
    incident_id: int | None = None


@dataclass(frozen=True)
class KnownIncident(Known):
    """An incident, where it was thought to be, and its state."""

    thing = "incident"
    number: str
    received_at: datetime
    kind: str
    priority: int
    status: str
    lon: float
    lat: float
    accuracy_m: float | None
    address: str | None
    verified: bool = False
    duplicate_of: int | None = None
    alarm_level: int = 1


@dataclass(frozen=True)
class KnownReferral(Known):
    """An agency that was asked for help, and how far it was."""

    thing = "referral"
    incident_id: int
    agency_code: str
    role: str
    status: str


@dataclass(frozen=True)
class KnownAssignment(Known):
    """A unit that was sent, and how far it was; whom the incident is hidden from is told None."""

    thing = "assignment"
    incident_id: int | None
    referral_id: int | None
    unit_id: int
    status: str


@dataclass(frozen=True)
class KnownUnit(Known):
    """A unit and its duty; `not_recorded` names what the record does not tell of that time."""

    thing = "unit"
    call_sign: str
    agency_code: str
    type_code: str
    station_id: int | None
    active: bool
    duty: str
    duty_reason: str | None
    not_recorded: tuple[str, ...] = ()


@dataclass(frozen=True)
class KnownClosure(Known):
    """A closure somebody had told of; its shape and times are kept with the closure itself."""

    thing = "closure"
    made_at: datetime
    lifted_at: datetime | None = None


@dataclass(frozen=True)
class KnownMove(Known):
    """A unit that was ordered to stand by at another station, and how far that was."""

    thing = "move"
    unit_id: int
    station_id: int
    station: str
    status: str


@dataclass(frozen=True)
class KnownPromise(Known):
    """What a desk had promised, by when; None of the words for whom they are not."""

    thing = "promise"
    agency_code: str | None
    incident_id: int | None
    promise: str | None
    due_at: datetime
    ended_at: datetime | None = None


Picture = Mapping[Key, Known]
