"""A delivery: one case document on its way to the data centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Issuer:
    """Who vouches for a case document, and by which procedure."""

    city: str
    service: str
    sop_number: str


@dataclass(frozen=True)
class Delivery:
    """One queued or delivered case document as it is stored."""

    id: int
    incident_id: int
    sequence: int
    document: Mapping[str, Any]
    sha256: str
    url: str | None
    queued_at: datetime
    attempts: int
    last_attempt_at: datetime | None
    next_attempt_at: datetime | None
    delivered_at: datetime | None
    receipt: Mapping[str, Any] | None
    last_error: str | None
    last_reason: str | None
    withdrawn_at: datetime | None


def growing_pause(attempt: int, first_s: float, longest_s: float) -> timedelta:
    """How long after an attempt the next one is: twice as long each time, up to a longest."""
    return timedelta(seconds=min(first_s * 2.0 ** min(attempt - 1, 20), longest_s))
