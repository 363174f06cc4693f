"""The simulator's secrets are its own, kept private, used again, and replaced when revoked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import psycopg2
import pytest

from gis_dispatch.ports import House
from gis_dispatch.simulation.keys import Keys
from gis_dispatch.store import open_store
from gis_dispatch.store.postgres import SystemClock
from tests.exchange.conftest import SETTING
from tests.whose import ISSUER, ZONE


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    store = open_store(database_url, pool_size=2)
    with psycopg2.connect(database_url) as connection, connection.cursor() as cursor:
        cursor.execute(SETTING)
    connection.close()
    nothing = cast(Any, None)
    yield House(store, nothing, nothing, SystemClock(), nothing, (), ZONE, ISSUER)
    store.close()


def test_keys_are_kept_and_used_again(house: House, tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path, house)
    first = (keys.token("simulator"), keys.token("dispatcher", "damkar"), keys.phones([1]))
    again = Keys.kept_in(tmp_path, house)
    assert (
        again.token("simulator"),
        again.token("dispatcher", "damkar"),
        again.phones([1]),
    ) == first
    assert len(house.store.reads.all("list_tokens")) == 2
    assert keys.path.stat().st_mode & 0o777 == 0o600


def test_what_was_revoked_is_made_anew(house: House, tmp_path: Path) -> None:
    keys = Keys.kept_in(tmp_path, house)
    token, phone = keys.token("simulator"), keys.phone(1)
    with house.store.transaction() as tx:
        for row in tx.all("list_tokens"):
            tx.run("revoke_token", id=row["id"], at=house.clock.now())
        [device] = tx.all("find_devices_by_token", token_hashes=(_hash(phone),))
        assert device["simulated"]
        tx.run("revoke_device", id=device["id"], at=house.clock.now())
    again = Keys.kept_in(tmp_path, house)
    assert again.token("simulator") != token
    assert again.phone(1) != phone


def _hash(secret: str) -> str:
    from gis_dispatch.services.passwords import hash_token

    return hash_token(secret)
