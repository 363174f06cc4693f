"""The event record: appended last in a transaction, so that ids follow commits."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from gis_dispatch.domain.people import Actor
from gis_dispatch.store.tables import events


class EventLog:
    """Keeps a transaction's events until its end.

    Writing an event takes the lock that numbers events in commit order; taking it last keeps it
    short, and nothing is waited for while it is held.
    """

    def __init__(self, connection: Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now
        self._waiting: list[dict[str, Any]] = []

    def append(
        self,
        actor: Actor,
        kind: str,
        occurred_at: datetime,
        *,
        call_id: int | None = None,
        incident_id: int | None = None,
        referral_id: int | None = None,
        assignment_id: int | None = None,
        unit_id: int | None = None,
        closure_id: int | None = None,
        agency_code: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Add one event; it is written when the transaction ends."""
        self._waiting.append(
            {
                "occurred_at": occurred_at,
                "source": actor.source,
                "actor_id": actor.user_id,
                "actor": actor.name,
                "kind": kind,
                "call_id": call_id,
                "incident_id": incident_id,
                "referral_id": referral_id,
                "assignment_id": assignment_id,
                "unit_id": unit_id,
                "closure_id": closure_id,
                "agency_code": agency_code,
                "data": dict(data or {}),
            }
        )

    def write(self) -> None:
        """Write what was appended, in order; called once, just before the commit."""
        entered_at = self._now()
        for event in self._waiting:
            self._connection.execute(insert(events).values(entered_at=entered_at, **event))
        self._waiting.clear()
