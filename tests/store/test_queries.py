"""Named queries: each has its own name and one sentence, and says when it is asked wrongly."""

import re
from collections import Counter

import pytest

from gis_dispatch import assets
from gis_dispatch.errors import IncidentNotFound
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.queries import UnknownQuery, named_queries

FILES = sorted((assets.folder("sql") / "queries").glob("*.sql"))
NAME = re.compile(r"^-- name: (\w+)", re.MULTILINE)


def test_no_name_is_given_twice() -> None:
    names = Counter(name for file in FILES for name in NAME.findall(file.read_text()))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_query_begins_with_a_sentence(file: object) -> None:
    lines = file.read_text().splitlines()  # type: ignore[attr-defined]
    for number, line in enumerate(lines):
        if line.startswith("-- name:"):
            comment = []
            for following in lines[number + 1 :]:
                if not following.startswith("--"):
                    break
                comment.append(following.removeprefix("--").strip())
            assert " ".join(comment).endswith("."), line


def reading() -> list[str]:
    queries = named_queries(assets.folder("sql") / "queries")
    writes = re.compile(r"\b(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
    return sorted(name for name, text in queries.sql.items() if not writes.search(text))


@pytest.mark.parametrize(
    "query",
    [
        "get_call", "list_calls", "list_calls_of_incident", "get_incident", "list_incidents",
        "get_incident_detail", "get_referral", "list_referrals",
        "list_readiness_checks", "get_assignment", "list_assignments",
        "get_unit", "list_units", "get_station", "list_stations", "get_closure", "list_closures",
        "list_events_of_incident", "list_plan_items",
    ],
)  # fmt: skip
def test_it_runs_with_everything_left_out(store: PostgresStore, query: str) -> None:
    assert query in reading()
    assert isinstance(store.reads.all(query), list)


def test_asking_wrongly_is_noticed(store: PostgresStore) -> None:
    with pytest.raises(UnknownQuery, match="no_such"):
        store.reads.all("no_such")
    with pytest.raises(UnknownQuery, match="colour"):
        store.reads.all("list_units", colour="red")
    with pytest.raises(IncidentNotFound, match="404"):
        store.reads.one("get_incident", id=404)
    assert store.reads.find("get_incident", id=404) is None


def test_a_unit_is_read_in_its_whole_shape(store: PostgresStore) -> None:
    unit = store.reads.one("get_unit", id=1)
    assert unit["station"]["name"] == "Pos Damkar Barat"
    assert unit["type"]["capabilities"] == ["fire_suppression"]
    assert (unit["busy"], unit["crew"], unit["position"]) == (False, [], None)
    assert [u["call_sign"] for u in store.reads.all("list_units", agency="bpbd")] == ["BPBD-1"]


def test_a_unit_without_station_has_none(store: PostgresStore) -> None:
    assert store.reads.one("get_unit", id=3)["station"] is None


def test_a_statement_without_parameters_is_prepared_once(store: PostgresStore) -> None:
    planned = "SELECT name, generic_plans + custom_plans FROM pg_prepared_statements"
    for _ in range(3):
        assert store.reads.value("newest_event_id") == 0
    with pytest.raises(ZeroDivisionError), store.transaction() as tx:
        assert tx.all("list_kinds")
        raise ZeroDivisionError
    assert store.reads.all("list_kinds")
    with store.transaction() as tx:
        assert tx.value("newest_event_id") == 0
    # One connection did it all; a statement that was planned is there even after a rollback.
    with store.engine.connect() as connection:
        plans = {row[0]: row[1] for row in connection.exec_driver_sql(planned)}
    assert plans == {"newest_event_id": 4, "list_kinds": 2}


def test_a_statement_that_says_so_is_prepared_once_whatever_is_asked(store: PostgresStore) -> None:
    for kind in ("kebakaran", "kesehatan", "kebakaran"):
        assert {row["kind_code"] for row in store.reads.all("list_plan_items", kind=kind)} <= {kind}
    assert store.reads.all("list_plan_items", kind=None) == []
    with store.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM pg_prepared_statements")
        assert [name for (name,) in names] == ["list_plan_items"]
