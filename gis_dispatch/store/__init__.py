"""The only room that speaks SQL."""

from gis_dispatch.store.postgres import PostgresStore, PostgresTransaction, open_store

__all__ = ["PostgresStore", "PostgresTransaction", "open_store"]
