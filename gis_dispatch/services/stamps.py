"""The stamps of a case under the names that the procedure's steps ask for: <thing>.<column>."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gis_dispatch.domain.procedure import Stamp
from gis_dispatch.ports import Row

# These hold only while the incident is still in the state they led to: a reopened case is not done.
ENDED = frozenset({"resolved", "closed"})


def stamps_of(
    incident: Row,
    calls: Sequence[Row],
    referrals: Sequence[Row],
    checks: Sequence[Row],
    assignments: Sequence[Row],
) -> dict[str, Stamp]:
    """The earliest stamp of each name, and by whom where that is known."""
    ended = incident["status"] in ENDED
    delivery = incident["delivery"] if ended else None
    found: dict[str, Stamp] = {}
    _keep(found, "call", calls, {"answered_at": "operator"})
    _keep(found, "referral", referrals, {"sent_at": "sent_by"})
    _keep(found, "readiness", checks, {"checked_at": "checked_by"})
    _keep(found, "assignment", assignments, {})
    verified = {
        "verified_at": incident["location"]["verified_at"],
        "verified_by": incident["location"]["verified_by"],
    }
    own = {**incident, **verified}
    if not ended:
        own |= {"resolved_at": None, "closed_at": None}
    who = {"verified_at": "verified_by", "created_at": "created_by", "closed_at": "closed_by"}
    _keep(found, "incident", [own], who)
    if delivery:
        _keep(found, "delivery", [delivery], {})
    return found


def _keep(found: dict[str, Stamp], thing: str, rows: Iterable[Row], who: dict[str, str]) -> None:
    for row in rows:
        for column, value in row.items():
            if not column.endswith("_at") or value is None:
                continue
            stamp = Stamp(at=_moment(value), by=row.get(who.get(column, "")))
            name = f"{thing}.{column}"
            if name not in found or stamp.at < found[name].at:
                found[name] = stamp


def _moment(value: datetime | str) -> datetime:
    """Stamps inside nested JSON arrive as text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
