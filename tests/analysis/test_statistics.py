"""What the planner sees of a period is what was recorded in it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import psycopg2
import pytest

from gis_dispatch.analysis.heat import heat
from gis_dispatch.analysis.periods import (
    MonthUnreadable,
    TimeFarAway,
    chosen_period,
    month_period,
)
from gis_dispatch.analysis.statistics import read_facts, statistics
from gis_dispatch.errors import PeriodBackwards
from tests.analysis.conftest import BEGIN, ZONE, City
from tests.analysis.history import write_history


def test_counts_agree_with_each_other(city: City) -> None:
    """Hours, days, kinds and districts count the same forty incidents."""
    made = statistics(read_facts(city.store.reads, city.october), 900)
    assert made["incidents"]["handled"] == 40
    assert sum(map(sum, made["hours"])) == 40
    assert sum(day["count"] for day in made["trend"]) == 40
    assert sum(kind["count"] for kind in made["by_kind"]) == 40
    assert sum(cell["count"] for cell in made["kind_by_district"]) == 40
    assert len(made["trend"]) == 31
    assert made["calls"]["total"] == 160
    assert made["calls"]["by_disposition"]["incident"] == 40


def test_intervals_agree_with_sql(city: City) -> None:
    """Total response as PostgreSQL computes it from the stamps themselves."""
    made = statistics(read_facts(city.store.reads, city.october), 900)
    total = next(line for line in made["intervals"] if line["code"] == "total_response")
    with psycopg2.connect(city.url) as connection, connection.cursor() as session:
        session.execute(
            "SELECT extract(epoch FROM min(a.on_scene_at) - i.received_at)::float8"
            " FROM incidents i JOIN assignments a ON a.incident_id = i.id GROUP BY i.id"
        )
        seconds = [row[0] for row in session.fetchall()]
    assert total["median_s"] == pytest.approx(np.percentile(seconds, 50), abs=0.06)
    assert total["p90_s"] == pytest.approx(np.percentile(seconds, 90), abs=0.06)
    assert made["within_target"] == pytest.approx(np.mean(np.array(seconds) <= 900), abs=1e-4)


def test_a_missing_stamp_is_counted(city: City) -> None:
    """An arrival that nobody reported is said to be missing."""
    with psycopg2.connect(city.url) as connection, connection.cursor() as session:
        session.execute("ALTER TABLE assignments DISABLE TRIGGER USER")
        session.execute(
            "UPDATE assignments SET status = 'en_route', on_scene_at = NULL, cleared_at = NULL"
            " WHERE id = (SELECT min(id) FROM assignments)"
        )
    made = statistics(read_facts(city.store.reads, city.october), 900)
    lines = {line["code"]: line for line in made["intervals"]}
    assert (lines["total_response"]["count"], lines["total_response"]["missing"]) == (39, 1)
    assert (lines["travel"]["count"], lines["travel"]["missing"]) == (39, 1)
    assert lines["turnout"]["missing"] == 0


def test_simulated_incidents_stay_out_of_a_real_city(city: City) -> None:
    """They are left out, and how many were is said; the sample city shows them with a mark."""
    write_history(
        city.url, begin=BEGIN, days=31, incidents=5, seed=7, sample=True, first_number=900
    )
    made = statistics(read_facts(city.store.reads, city.october), 900)
    assert made["incidents"]["total"] == 40
    assert made["sample"] == {"city": False, "left_out_calls": 20, "left_out_incidents": 5}
    with psycopg2.connect(city.url) as connection, connection.cursor() as session:
        session.execute(
            "INSERT INTO road_networks VALUES"
            " ('v1', 'sample', 'Göteborg', '© OSM', 'ODbL-1.0', true, now(), 0, 0, true, 'x')"
        )
    made = statistics(read_facts(city.store.reads, city.october), 900)
    assert made["incidents"]["total"] == 45
    assert made["sample"]["city"] is True


def test_a_kind_takes_its_sub_kinds_along(city: City) -> None:
    """Asked for fires, we answer every sort of fire and nothing else."""
    facts = read_facts(city.store.reads, city.october, "kebakaran")
    assert facts.incidents
    assert {row["top_kind"] for row in facts.incidents} == {"kebakaran"}


def test_months_are_the_city_s_own() -> None:
    """October begins at its midnight in Pontianak, seven hours before Greenwich's."""
    october = month_period("2026-10", ZONE)
    assert october.since.astimezone(UTC) == BEGIN
    assert october.until - october.since == timedelta(days=31)
    assert month_period("2026-12", ZONE).until == datetime(2027, 1, 1, tzinfo=ZONE)


@pytest.mark.parametrize("written", ["2026", "2026-13", "2026-1", "10-2026", "", "2026-10-01"])
def test_an_unreadable_month_is_refused(written: str) -> None:
    """The refusal says how to write one."""
    with pytest.raises(MonthUnreadable, match="for example 2026-11"):
        month_period(written, ZONE)


def test_a_period_ends_after_it_begins() -> None:
    """Two moments the wrong way round are refused, and the field is named."""
    with pytest.raises(PeriodBackwards) as refused:
        chosen_period(BEGIN, BEGIN - timedelta(days=1), BEGIN, ZONE)
    assert refused.value.field == "to"


@pytest.mark.parametrize("field", ["from", "to"])
def test_a_period_at_the_end_of_the_calendar_is_refused(field: str) -> None:
    """Whatever no calendar can move into the city's zone is refused by its field, not a failure."""
    edge = datetime(1, 1, 1, tzinfo=UTC) if field == "from" else datetime(9999, 12, 31, tzinfo=UTC)
    asked = (edge, None) if field == "from" else (None, edge)
    with pytest.raises(TimeFarAway) as refused:
        chosen_period(*asked, BEGIN, ZONE)
    assert refused.value.field == field


def test_heat_is_hottest_where_it_happens() -> None:
    """The cell with the weight 1 lies on the crowd, not on the lone incident."""
    crowd, lone = (108.99, 0.90), (109.03, 0.93)
    made = heat([crowd] * 8 + [lone])
    grid = made["grid"]
    column, row, weight = max(made["cells"], key=lambda cell: cell[2])
    lon = grid["west"] + (column + 0.5) * (grid["east"] - grid["west"]) / grid["columns"]
    lat = grid["south"] + (row + 0.5) * (grid["north"] - grid["south"]) / grid["rows"]
    assert weight == 1.0
    assert (lon, lat) == pytest.approx(crowd, abs=0.0015)
    assert heat([])["cells"] == []
