"""Brings the database to today's shape."""

from gis_dispatch.store import migrating


def migrate(database_url: str) -> None:
    """Migrations, functions and state tables; nothing to do when they are up to date."""
    migrating.migrate(database_url)
