"""Which times may be corrected, and between which other times a corrected one must lie."""

from collections.abc import Mapping, Sequence
from datetime import datetime

ORDER: Mapping[str, tuple[str, ...]] = {
    "call": ("received_at", "answered_at", "ended_at"),
    "incident": ("received_at", "verified_at", "resolved_at", "closed_at"),
    "referral": (
        "sent_at", "acknowledged_at", "ready_at", "accepted_at", "handed_back_at", "completed_at",
    ),
    "assignment": (
        "dispatched_at", "acknowledged_at", "en_route_at", "on_scene_at", "transporting_at",
        "at_hospital_at", "cleared_at", "cancelled_at",
    ),
}  # fmt: skip
"""The times of one record, as they follow one another."""

CORRECTABLE: Mapping[str, tuple[str, ...]] = {
    # When a call came in and a referral left is told by machines; a check has a record of its own;
    # that an incident is resolved follows from its agencies.
    "call": ("answered_at", "ended_at"),
    "incident": ("verified_at", "closed_at"),
    "referral": ("acknowledged_at", "accepted_at", "handed_back_at", "completed_at"),
    "assignment": ORDER["assignment"],
}


def neighbours(
    order: Sequence[str], stamps: Mapping[str, datetime | None], name: str
) -> tuple[datetime | None, datetime | None]:
    """The last time before one in the order, and the first one after it, where there are."""
    place = order.index(name)
    before = [stamp for one in order[:place] if (stamp := stamps.get(one)) is not None]
    after = [stamp for one in order[place + 1 :] if (stamp := stamps.get(one)) is not None]
    return max(before, default=None), min(after, default=None)
