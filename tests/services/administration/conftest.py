"""A house with the facts in it, an administrator, and roads that are one long street."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.domain.places import Place
from gis_dispatch.domain.roads import RoadPoint, RoadsStatus
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import House
from gis_dispatch.services.load_facts import load_facts
from gis_dispatch.store import open_store
from tests.straight_roads import StraightRoads
from tests.whose import ISSUER, ZONE

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class StillClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return NOW


class OneStreet(StraightRoads):
    """Roads that are only Jalan Khatulistiwa, along the equator; 1 degree is 111 km."""

    loaded = True

    def status(self) -> RoadsStatus:
        raise RoadsNotLoaded

    def snap(self, lon: float, lat: float) -> RoadPoint | None:
        if not self.loaded:
            raise RoadsNotLoaded
        gap_m = abs(lat) * 111_195
        if gap_m > 500:
            return None
        return RoadPoint(lon=lon, lat=0.0, street="Jalan Khatulistiwa", gap_m=gap_m)


class NoNames:
    """A geocoder that knows nothing."""

    def search(
        self, text: str, *, near: tuple[float, float] | None = None, limit: int = 10
    ) -> Sequence[Place]:
        return ()

    def address_at(self, lon: float, lat: float) -> str | None:
        return None


class Nobody:
    """Nobody to tell."""

    def crew_called(self, unit_id: int, assignment_id: int) -> None:
        pass

    def case_queued(self, delivery_id: int) -> None:
        pass


@pytest.fixture
def roads() -> OneStreet:
    return OneStreet()


@pytest.fixture
def empty_house(database_url: str, roads: OneStreet) -> Iterator[House]:
    """A migrated database with nothing in it."""
    store = open_store(database_url, clock=StillClock(), pool_size=4)
    yield House(
        store=store,
        roads=roads,
        geocoder=NoNames(),
        clock=StillClock(),
        notifier=Nobody(),
        procedure=(),
        timezone=ZONE,
        issuer=ISSUER,
    )
    store.close()


@pytest.fixture
def house(empty_house: House) -> House:
    """The same with the facts in it."""
    load_facts(empty_house, "singkawang")
    return empty_house


@pytest.fixture
def admin() -> Actor:
    return Actor(user_id=None, name="Administrator", role=ADMINISTRATOR)
