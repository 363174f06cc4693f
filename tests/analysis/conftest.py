"""A city with a month of history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from gis_dispatch.analysis.monthly_report import Installation
from gis_dispatch.analysis.periods import Period, month_period
from gis_dispatch.store.postgres import PostgresStore, open_store
from tests.analysis.history import load_city, write_history

ZONE = ZoneInfo("Asia/Pontianak")
WHOSE = Installation(
    city="Kota Singkawang",
    service_name="SIGAP 112",
    sop_number="000.8.3.3/07/IKP-B/2023",
    sop_owner="Diskominfo",
    target_s=900,
)
BEGIN = datetime(2026, 9, 30, 17, tzinfo=UTC)  # 1 October, midnight in Pontianak


@dataclass(frozen=True)
class City:
    """A store with October in it."""

    url: str
    store: PostgresStore
    october: Period


@pytest.fixture
def city(database_url: str) -> Iterator[City]:
    """Forty incidents and 120 other calls in October."""
    load_city(database_url)
    write_history(database_url, begin=BEGIN, days=31, incidents=40)
    store = open_store(database_url)
    yield City(database_url, store, month_period("2026-10", ZONE))
    store.close()
