"""The repositories that can do a little more than read and write one table."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select

from gis_dispatch.domain.deliveries import Delivery
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.referral import Referral
from gis_dispatch.errors import (
    DeliveryNotFound,
    IncidentNotFound,
    ReferralNotFound,
)
from gis_dispatch.store import tables
from gis_dispatch.store.repository import TableRepository, point_of


class IncidentRepository(TableRepository[Incident]):
    """Incidents, their numbers and the history of their places."""

    def __init__(self, connection: Connection, zone: ZoneInfo) -> None:
        super().__init__(connection, tables.incidents, Incident, IncidentNotFound)
        self._zone = zone

    def next_number(self, at: datetime) -> str:
        """The next number of the local day, YYYYMMDD-NNNN."""
        day = at.astimezone(self._zone).date()
        return str(self._connection.scalar(select(func.next_incident_number(day))))

    def add_location(self, incident_id: int, **values: Any) -> None:
        """Keep one place in the history of an incident's places."""
        stored = dict(values)
        stored["point"] = point_of(stored.pop("lon"), stored.pop("lat"))
        self._connection.execute(
            insert(tables.incident_locations).values(incident_id=incident_id, **stored)
        )


class ReferralRepository(TableRepository[Referral]):
    """Referrals and their readiness checks."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, tables.referrals, Referral, ReferralNotFound)

    def add_check(self, referral_id: int, **values: object) -> int:
        """Keep one readiness check."""
        table = tables.readiness_checks
        statement = insert(table).values(referral_id=referral_id, **values).returning(table.c.id)
        return int(self._connection.execute(statement).scalar_one())


class DeliveryRepository(TableRepository[Delivery]):
    """The outbox of case documents."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, tables.case_deliveries, Delivery, DeliveryNotFound)

    def queue(self, incident_id: int, document: Mapping[str, Any], at: datetime) -> Delivery:
        """Put one document in the outbox; the next in the sequence of its incident."""
        table = tables.case_deliveries
        last = self._connection.scalar(
            select(func.max(table.c.sequence)).where(table.c.incident_id == incident_id)
        )
        return self.add(
            incident_id=incident_id,
            sequence=(last or 0) + 1,
            document=dict(document),
            sha256=hashlib.sha256(canonical_json(document)).hexdigest(),
            queued_at=at,
            next_attempt_at=at,
        )


def canonical_json(document: Mapping[str, Any]) -> bytes:
    """One way to write a document, so that equal documents have equal fingerprints."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8")
