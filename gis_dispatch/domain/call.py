"""A call: one ring of 112, or a report by another channel, and how it may end."""

from dataclasses import dataclass
from datetime import datetime

CHANNELS = ("phone", "sms", "app", "radio", "walk_in", "social_media", "telephony")
INCIDENT = "incident"
NO_INCIDENT = ("hantu", "prank", "informasi", "salah_sambung", "terputus")
DISPOSITIONS = (INCIDENT, *NO_INCIDENT)


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
    def last_at(self) -> datetime:
        """The newest stamp of this call; nothing may be dated before it."""
        stamps = (self.received_at, self.answered_at, self.ended_at)
        return max(stamp for stamp in stamps if stamp is not None)
