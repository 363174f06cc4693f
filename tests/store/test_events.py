"""Events: with their act or not at all, in commit order, and none is lost under many writers."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import CallNotFound
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.listening import Listener
from tests.looking import events_of

ACTOR = Actor(1, "Siti", "operator")
NOW = datetime(2026, 3, 2, tzinfo=UTC)
WRITERS, EACH = 8, 25


def take(store: PostgresStore, name: str) -> int:
    with store.transaction() as tx:
        call = tx.calls.add(channel="phone", received_at=NOW, caller_name=name)
        tx.events.append(ACTOR, "call.received", NOW, call_id=call.id, data={"name": name})
        return call.id


def test_an_act_that_fails_leaves_no_event(store: PostgresStore) -> None:
    with pytest.raises(CallNotFound), store.transaction() as tx:
        tx.events.append(ACTOR, "call.received", NOW)
        tx.calls.get(404)
    assert events_of(store) == []
    assert store.reads.value("newest_event_id") == 0


def test_a_reader_who_follows_ids_misses_nothing_under_concurrent_writers(
    store: PostgresStore,
) -> None:
    done = Event()

    def write(writer: int) -> None:
        for number in range(EACH):
            take(store, f"{writer}-{number}")

    def follow() -> list[tuple[int, str]]:
        seen: list[tuple[int, str]] = []
        last = 0
        while True:
            finished = done.is_set()
            rows = events_of(store, after=last, most=7)
            seen += [(row["id"], row["data"]["name"]) for row in rows]
            last = rows[-1]["id"] if rows else last
            if finished and not rows:
                return seen
            time.sleep(0.001)

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow)
        writers = [pool.submit(write, writer) for writer in range(WRITERS)]
        for writer in writers:
            writer.result(timeout=60)
        done.set()
        seen = reader.result(timeout=60)
    ids = [id for id, _ in seen]
    assert ids == sorted(set(ids))
    assert {name for _, name in seen} == {f"{w}-{n}" for w in range(WRITERS) for n in range(EACH)}


def test_listeners_are_woken_after_the_commit_with_the_id_only(
    store: PostgresStore, database_url: str
) -> None:
    with Listener(database_url, ["events"]).open() as listener:
        assert listener.wait(0.01) == []
        with store.transaction() as tx:
            tx.events.append(ACTOR, "unit.changed", NOW)
            assert listener.wait(0.05) == []
        heard = listener.wait(5)
    assert heard == [("events", str(store.reads.value("newest_event_id")))]


def test_both_times_and_the_source_are_kept(store: PostgresStore) -> None:
    take(store, "Ani")
    event = events_of(store)[0]
    assert event["occurred_at"] == NOW
    assert event["entered_at"] > NOW
    assert (event["source"], event["actor"]) == ("operator", "Siti")
