"""As much of the house as a simulator needs: memory for its keys, roads to drive on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from gis_dispatch.domain.deliveries import Issuer
from gis_dispatch.domain.places import Place
from gis_dispatch.errors import NoDatabase
from gis_dispatch.ports import House
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.services.facts_files import read_procedure
from gis_dispatch.settings import Settings
from gis_dispatch.store import open_store
from gis_dispatch.store.networks import PostgresNetworks
from gis_dispatch.store.postgres import SystemClock


class _Nobody:
    """Nobody is called and nothing is looked up by name in here."""

    def search(
        self,
        text: str,  # noqa: ARG002 - the shape of the port
        *,
        near: tuple[float, float] | None = None,  # noqa: ARG002
        limit: int = 10,  # noqa: ARG002
    ) -> Sequence[Place]:
        return ()

    def address_at(self, lon: float, lat: float) -> str | None:  # noqa: ARG002
        return None

    def crew_called(self, unit_id: int, assignment_id: int) -> None:
        """Crews hear of it through the API."""

    def case_queued(self, delivery_id: int) -> None:
        """The worker finds it."""


@contextmanager
def open_house(settings: Settings) -> Iterator[House]:
    """The house, closed again at the end."""
    if settings.database_url is None:
        raise NoDatabase
    store = open_store(settings.database_url, timezone=settings.timezone, pool_size=2)
    nobody, procedure = _Nobody(), read_procedure(settings.sop)
    try:
        yield House(
            store=store,
            roads=open_roads(settings.home, PostgresNetworks(store)),
            geocoder=nobody,
            clock=SystemClock(),
            notifier=nobody,
            procedure=(),
            timezone=ZoneInfo(settings.timezone),
            issuer=Issuer(settings.city, settings.service_name, procedure.number),
            position_days=settings.position_days,
        )
    finally:
        store.close()
