"""Coverage now: reckoned anew when it must be, not otherwise; what is left if units were gone."""

from datetime import UTC, datetime
from typing import Any

import pytest

from gis_dispatch.domain.coverage import MOVED_M, WHOLE
from gis_dispatch.domain.tracking import Report
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.facts_files import read_coverage
from gis_dispatch.services.find_coverage import find_coverage, read_moment
from gis_dispatch.services.refresh_coverage import refresh_coverage
from gis_dispatch.services.track_position import track_positions
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock
from tests.story import Story
from tests.town import CENTRE, People

STANDARD_S = 900
DEGREE_M = 111_000.0
EVERY = ["fire", "medical", "disaster"]
OUTLINE = """
INSERT INTO districts (code, name) VALUES ('61.72.01', 'Tengah');
INSERT INTO villages (code, district_code, name, geom) VALUES ('61.72.01.1001', '61.72.01', 'Roban',
    ST_Multi(ST_SetSRID(ST_MakeEnvelope(108.9, 0.8, 109.1, 1.0), 4326)));
"""


@pytest.fixture
def covered(town: House, store: PostgresStore) -> House:
    """Everything was reckoned once."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql(OUTLINE)
    assert refresh_coverage(town, STANDARD_S) == EVERY
    return town


def again(town: House, clock: FakeClock) -> list[str]:
    clock.forward(15)
    return refresh_coverage(town, STANDARD_S)


def units(town: House) -> dict[str, int]:
    return {row["group_code"]: row["unit_count"] for row in town.store.reads.all("list_coverages")}


def test_nothing_is_reckoned_again_while_nothing_changes(covered: House, clock: FakeClock) -> None:
    made = {row["made_at"] for row in covered.store.reads.all("list_coverages")}
    assert again(covered, clock) == []
    rows = covered.store.reads.all("list_coverages")
    assert {row["made_at"] for row in rows} == made
    assert {row["confirmed_at"] for row in rows} == {clock.now()}
    assert units(covered) == {"fire": 2, "medical": 0, "disaster": 0}  # DMK-3 is nowhere


def test_a_unit_that_is_sent_is_missing_in_its_group_only(
    covered: House, clock: FakeClock, story: Story
) -> None:
    story.sent(1)
    assert again(covered, clock) == ["fire"]
    assert units(covered)["fire"] == 1
    shares = covered.store.reads.all("list_coverage_shares")
    fire = [row for row in shares if row["group_code"] == "fire"]
    assert [row["limit_s"] for row in fire if row["area_code"] == WHOLE] == [900, 600, 300]
    village = [row for row in fire if row["village"] == "Roban"]
    assert [(row["by_one_m"], row["by_two_m"]) for row in village] == [(1000.0, 0.0)] * 3


def test_duty_and_closures_count(covered: House, clock: FakeClock, people: People) -> None:
    change_duty(covered, people.damkar, 2, "off_duty", None)
    assert again(covered, clock) == ["fire"]
    close_road(
        covered, people.lead, geometry={"type": "Point", "coordinates": list(CENTRE)},
        effect="closed", reason="banjir",
    )  # fmt: skip
    assert again(covered, clock) == EVERY


def test_a_unit_that_hardly_moved_is_where_it_was(
    covered: House, clock: FakeClock, people: People
) -> None:
    clock.time = datetime.now(UTC)  # by which the database judges how old a position is

    def seen(away_m: float) -> None:
        place = CENTRE[0] - 0.02 + away_m / DEGREE_M, CENTRE[1]
        track_positions(covered, people.crew, 1, [Report(*place, clock.now(), speed_kph=20.0)])

    seen(MOVED_M * 0.9)
    assert again(covered, clock) == []
    seen(MOVED_M * 1.1)
    assert again(covered, clock) == ["fire"]
    # From where it was reckoned last: many small moves add up.
    seen(MOVED_M * 1.9)
    assert again(covered, clock) == []
    seen(MOVED_M * 2.2)
    assert again(covered, clock) == ["fire"]


def test_one_event_tells_of_it(covered: House, clock: FakeClock, story: Story) -> None:
    def told() -> list[Any]:
        with story.house.store.transaction() as tx:
            rows = tx.all(
                "list_events_for_viewer", after=0, sees_all=False, sees_accounts=False,
                agency="damkar", most=500,
            )  # fmt: skip
        return [row["data"] for row in rows if row["kind"] == "coverage.changed"]

    assert [data["group"] for data in told()] == EVERY
    story.sent(1)
    again(covered, clock)
    assert told()[3:] == [
        {"group": "fire", "units": 1, "standard_s": 900, "by_one": 1.0, "by_two": 0.0}
    ]


def test_what_is_left_if_units_were_gone(covered: House, clock: FakeClock) -> None:
    moment = read_moment(covered, clock.now(), STANDARD_S)
    fire = read_coverage().groups[0]
    by_two = [
        find_coverage(covered, moment, fire, without)[0].lengths[WHOLE].by_two_share
        for without in ((), (1,), (5,))
    ]
    assert by_two == [1.0, 0.0, 1.0]
    gone = find_coverage(covered, moment, fire, {1, 2})
    assert [cover.lengths["61.72.01.1001"].by_one_share for cover in gone] == [0.0] * 3
    assert gone[0].shapes == {}


def test_a_group_that_is_no_more_is_forgotten(
    covered: House, clock: FakeClock, store: PostgresStore
) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO coverages SELECT 'old', standard_s, made_at, confirmed_at, inputs_sha256,"
            " inputs, unit_count FROM coverages WHERE group_code = 'fire'"
        )
    assert again(covered, clock) == []
    assert sorted(units(covered)) == sorted(EVERY)
