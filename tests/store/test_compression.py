"""What is large is compressed the fast way, where the server was built with it."""

import pytest

from gis_dispatch.store.postgres import PostgresStore

BUILT_WITH = """
SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression'
"""
KEPT = """
SELECT attname, attcompression::text FROM pg_attribute
WHERE attrelid = 'recommendations'::regclass AND attname IN ('inputs', 'result')
"""


def test_rankings_are_compressed_the_fast_way(store: PostgresStore) -> None:
    with store.engine.connect() as connection:
        if not connection.exec_driver_sql(BUILT_WITH).scalar_one():
            pytest.skip("this PostgreSQL was built without lz4")
        kept = connection.exec_driver_sql(KEPT).all()
    assert {row.attname: row.attcompression for row in kept} == {"inputs": "l", "result": "l"}
