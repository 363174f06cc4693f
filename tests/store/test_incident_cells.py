"""The cells of years of incidents always say what counting anew would say."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_dispatch.services.count_incidents import COARSEST, FINEST, count_incidents
from gis_dispatch.store.postgres import PostgresStore, open_store
from tests.analysis.history import load_city, write_history

BEGIN = datetime.now(UTC) - timedelta(days=9)
OVER = ("cancelled", "out_of_area")

CELLS = """
SELECT level, x, y, sample, incidents FROM incident_cells WHERE incidents > 0 ORDER BY 1, 2, 3, 4
"""
ANEW = f"""
SELECT level, cell_x(ST_X(point), level), cell_y(ST_Y(point), level), sample, count(*)::integer
FROM incidents, generate_series({COARSEST}, {FINEST}) AS level
WHERE status NOT IN ('cancelled', 'duplicate', 'out_of_area')
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
EVENT = """
INSERT INTO events (occurred_at, entered_at, source, actor, kind, incident_id)
VALUES (now(), now(), 'operator', 'operator', 'incident.changed', %s)
"""


class City:
    """Incidents that are changed and cells that are looked at."""

    def __init__(self, url: str, store: PostgresStore) -> None:
        self.url, self.store = url, store

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a statement answers."""
        with psycopg2.connect(self.url) as connection, connection.cursor() as session:
            session.execute(statement)
            return session.fetchall()

    def change(self, statement: str, *values: object) -> None:
        """Change one incident, and say so as every change does."""
        with psycopg2.connect(self.url) as connection, connection.cursor() as session:
            session.execute(statement + " RETURNING id", values)
            changed = [row[0] for row in session.fetchall()]
            for incident in changed:
                session.execute(EVENT, (incident,))

    def counted(self) -> None:
        """Count, and compare with counting anew."""
        count_incidents(self.store)
        assert self.rows(CELLS) == self.rows(ANEW)


@pytest.fixture
def city(database_url: str) -> Iterator[City]:
    """A city with a past, whose incidents may be changed at will."""
    load_city(database_url)
    write_history(database_url, begin=BEGIN, days=8, incidents=12)
    store = open_store(database_url)
    city = City(database_url, store)
    with psycopg2.connect(database_url) as connection, connection.cursor() as session:
        session.execute("ALTER TABLE incidents DISABLE TRIGGER USER")
    yield city
    store.close()


def test_the_first_counting_counts_all(city: City) -> None:
    """Every incident on every level, once."""
    city.counted()
    levels = dict(city.rows("SELECT level, sum(incidents)::integer FROM incident_cells GROUP BY 1"))
    assert levels == dict.fromkeys(range(COARSEST, FINEST + 1), 12)


def test_nothing_new_costs_nothing(city: City) -> None:
    """Without a new event nothing is written."""
    assert count_incidents(city.store) > 0
    before = city.rows("SELECT xmin::text, last_event_id FROM incident_counting")
    assert count_incidents(city.store) == 0
    assert city.rows("SELECT xmin::text, last_event_id FROM incident_counting") == before


CHANGE = st.one_of(
    st.tuples(st.just("move"), st.integers(1, 12), st.integers(-4, 4), st.integers(-4, 4)),
    st.tuples(st.just("end"), st.integers(1, 12), st.sampled_from(OVER), st.just(0)),
    st.tuples(st.just("again"), st.integers(1, 12), st.just(0), st.just(0)),
    st.tuples(st.just("count"), st.just(0), st.just(0), st.just(0)),
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.lists(CHANGE, max_size=12))
def test_after_any_changes_the_cells_are_right(city: City, changes: list[tuple]) -> None:  # type: ignore[type-arg]
    """Moved, ended, taken up again, in any order and counted at any moment between."""
    city.counted()
    for what, id, one, other in changes:
        if what == "move":
            city.change(
                "UPDATE incidents SET point = ST_Translate(point, %s, %s) WHERE id = %s",
                one * 0.003, other * 0.003, id,
            )  # fmt: skip
        elif what == "end":
            city.change("UPDATE incidents SET status = %s WHERE id = %s", one, id)
        elif what == "again":
            city.change("UPDATE incidents SET status = 'verified' WHERE id = %s", id)
        else:
            city.counted()
    city.counted()
