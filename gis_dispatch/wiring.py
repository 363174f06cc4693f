"""The one room where everything is plugged together: settings to house, house to application."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from gis_dispatch.consoles.app import create_app
from gis_dispatch.consoles.streaming.live import Hub
from gis_dispatch.domain.deliveries import Issuer
from gis_dispatch.domain.procedure import steps_of
from gis_dispatch.errors import NoDatabase, RoadsNotLoaded
from gis_dispatch.geocoding import Gazetteer
from gis_dispatch.ports import House, Roads
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.services.facts_files import read_procedure
from gis_dispatch.services.facts_receivers import read_receivers
from gis_dispatch.settings import Settings
from gis_dispatch.store.listening import Listener
from gis_dispatch.store.networks import PostgresNetworks
from gis_dispatch.store.postgres import PostgresStore, SystemClock, open_store

CHANNELS = ("events", "positions")


class RecordOnly:
    """Tells nobody by itself: pages hear of new events, and the worker looks at the outbox."""

    def crew_called(self, unit_id: int, assignment_id: int) -> None:
        """The crew's page follows the event of the new assignment."""

    def case_queued(self, delivery_id: int) -> None:
        """The worker looks every few seconds for cases that wait."""


def build_house(settings: Settings, store: PostgresStore) -> House:
    """Everything a use case is given, on an open store."""
    roads = open_roads(settings.home, PostgresNetworks(store))
    procedure = read_procedure(settings.sop)
    return House(
        store=store,
        roads=roads,
        geocoder=Gazetteer(store.reads, lambda: _bounds(roads)),
        clock=SystemClock(),
        notifier=RecordOnly(),
        procedure=steps_of(procedure.model_dump()),
        timezone=ZoneInfo(settings.timezone),
        issuer=Issuer(settings.city, settings.service_name, procedure.number),
        leaves_out_incomplete=settings.incomplete_units == "left_out",
        receivers=read_receivers(settings.home),
        position_days=settings.position_days,
    )


@contextmanager
def open_house(settings: Settings, database_url: str) -> Iterator[House]:
    """The house for as long as a command needs it."""
    store = open_store(database_url, timezone=settings.timezone, pool_size=2)
    try:
        yield build_house(settings, store)
    finally:
        store.close()


def build_app(settings: Settings) -> Flask:
    """The application of one worker process, for as long as the process lives."""
    if settings.database_url is None:
        raise NoDatabase
    store = open_store(settings.database_url, timezone=settings.timezone)
    return _app(settings, settings.database_url, store)


@contextmanager
def open_app(settings: Settings, database_url: str) -> Iterator[Flask]:
    """The application for as long as a command needs it."""
    store = open_store(database_url, timezone=settings.timezone, pool_size=2)
    try:
        yield _app(settings, database_url, store)
    finally:
        store.close()


def _app(settings: Settings, database_url: str, store: PostgresStore) -> Flask:
    house = build_house(settings, store)
    hub = Hub(house, Listener(database_url, CHANNELS).open)
    return create_app(settings, house, hub, secret_key=secret_key(settings.home))


def secret_key(home: Path) -> str:
    """What sessions are signed with: made once for this installation, the same in every worker."""
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=home)  # readable by its owner only
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            # A link is made whole or not at all, and never over the key of another worker.
            os.link(temporary, path)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        finally:
            Path(temporary).unlink()
    return path.read_text(encoding="ascii")


def _bounds(roads: Roads) -> tuple[float, float, float, float] | None:
    try:
        return roads.status().bounds
    except RoadsNotLoaded:
        return None
