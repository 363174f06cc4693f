"""A store with one unit, and a clock that stands still until it is moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest

from gis_dispatch.store import PostgresStore, open_store


@dataclass
class StillClock:
    """Says what it was told."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 30, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def store(database_url: str, clock: StillClock) -> Iterator[PostgresStore]:
    opened = open_store(database_url, clock=clock, pool_size=4)
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(SETTING)
    connection.close()
    yield opened
    opened.close()


SETTING = """
INSERT INTO agencies (code, name, short_name) VALUES ('damkar', 'Pemadam Kebakaran', 'Damkar');
INSERT INTO kinds (code, name_id, name_en, default_priority, emergency, icon)
    VALUES ('kebakaran', 'Kebakaran', 'Fire', 1, true, 'fire');
INSERT INTO unit_types (code, name_id, name_en, profile, icon, turnout_s)
    VALUES ('pemadam', 'Mobil pemadam', 'Fire engine', 'engine', 'engine', 60);
INSERT INTO units (id, call_sign, agency_code, type_code, sample)
    VALUES (1, 'Damkar 01', 'damkar', 'pemadam', true),
           (2, 'Damkar 02', 'damkar', 'pemadam', false);
INSERT INTO devices (id, label, unit_id, token_hash, simulated) VALUES
    (1, 'HP Damkar 01', 1, encode(sha256('tok-1'), 'hex'), false),
    (2, 'Simulator', 1, encode(sha256('tok-sim'), 'hex'), true),
    (3, 'HP lama', 1, encode(sha256('tok-old'), 'hex'), false);
UPDATE devices SET revoked_at = now() WHERE id = 3;
SELECT setval(pg_get_serial_sequence('devices', 'id'), 100);
"""
