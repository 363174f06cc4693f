"""The private PostgreSQL cluster: started when first needed, stopped by the last who used it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from gis_dispatch.running import binaries, home, places
from gis_dispatch.running.locks import FileLock, exclusive
from gis_dispatch.running.postmaster import Postmaster
from gis_dispatch.settings import Settings
from gis_dispatch.store import preparing

SUPERUSER = "postgres"
ROLE = "gis_dispatch"
DATABASE = "gis_dispatch"


def address(socket_folder: Path, role: str = ROLE, database: str = DATABASE) -> str:
    """A connection address over a unix socket, as libpq and SQLAlchemy both read it."""
    return f"postgresql://{role}@/{database}?host={quote(str(socket_folder), safe='')}"


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """The database's address, up and prepared for as long as the block runs."""
    if settings.database_url:
        preparing.prepare(settings.database_url)
        yield settings.database_url
        return
    folder = home.ensure(settings.home)
    with FileLock(home.cluster_users(folder)) as users:
        with exclusive(home.cluster_lock(folder)):
            postmaster = Postmaster.of(places.of_home(folder))
            try:
                url = _up(postmaster)
            except BaseException:
                _stop_unless_used(users, postmaster)
                raise
            users.take(shared=True)
        try:
            yield url
        finally:
            with exclusive(home.cluster_lock(folder)):
                _stop_unless_used(users, postmaster)


def postmaster_of(settings: Settings) -> Postmaster:
    """The private server of an installation."""
    return Postmaster.of(places.of_home(home.ensure(settings.home)))


def start_again(settings: Settings) -> None:
    """Bring the private server up again for those who are using it."""
    with exclusive(home.cluster_lock(settings.home)):
        postmaster_of(settings).start()


@contextmanager
def throw_away() -> Iterator[Postmaster]:
    """A fast, unsafe cluster for tests and checks, gone afterwards."""
    for left in places.left_behind():
        Postmaster.of(left, durable=False).discard()
    postmaster = Postmaster.of(places.throw_away(), durable=False)
    try:
        postmaster.start()
        preparing.make_role(address(postmaster.socket_folder(), SUPERUSER, "postgres"), ROLE)
        yield postmaster
    finally:
        postmaster.discard()


def make_database(postmaster: Postmaster, database: str, template: str | None = None) -> str:
    """A database owned by the application's role, empty but for the extensions or a copy."""
    superuser = address(postmaster.socket_folder(), SUPERUSER, "postgres")
    preparing.make_database(superuser, ROLE, database, template)
    if template is None:
        preparing.prepare(address(postmaster.socket_folder(), SUPERUSER, database))
    return address(postmaster.socket_folder(), ROLE, database)


def drop_database(postmaster: Postmaster, database: str) -> None:
    """Remove a database whatever is still connected to it."""
    superuser = address(postmaster.socket_folder(), SUPERUSER, "postgres")
    preparing.drop_database(superuser, database)


def supported() -> str:
    """The PostgreSQL versions we work with, for people."""
    return binaries.supported()


def _up(postmaster: Postmaster) -> str:
    postmaster.start()
    preparing.make_role(address(postmaster.socket_folder(), SUPERUSER, "postgres"), ROLE)
    return make_database(postmaster, DATABASE)


def _stop_unless_used(users: FileLock, postmaster: Postmaster) -> None:
    """Stop the cluster if nobody else holds it; asked for under the cluster's lock."""
    if users.take(wait=False):
        postmaster.stop()
