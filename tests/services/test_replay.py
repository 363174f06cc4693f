"""A kept recommendation comes out the same from what was kept, whatever has changed since."""

import json
from dataclasses import replace
from typing import Any, cast

import pytest

from gis_dispatch.domain.roads import NoTrip, Trip
from gis_dispatch.errors import RecommendationNotFound
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.keep_recommendation import sealed
from gis_dispatch.services.lift_closure import lift_closure
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.ranking_documents import canonical
from gis_dispatch.services.recommendation_refusals import (
    RecommendationIncomplete,
    RecommendationTooOld,
)
from gis_dispatch.services.replay_recommendation import differences, replay_recommendation
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock, FakeRoads
from tests.services.test_ranking import FLOOD
from tests.story import Story
from tests.straight_roads import STATUS
from tests.town import People


def execute(house: House, sql: str, *values: Any) -> None:
    with cast(PostgresStore, house.store).engine.begin() as connection:
        connection.exec_driver_sql(sql, values)


@pytest.fixture
def kept(story: Story, town: House, people: People, fake_roads: FakeRoads) -> int:
    """A ranking with a flood on one unit's way, and a unit that no road leads from."""
    flood = close_road(town, people.damkar, geometry=FLOOD, depth_cm=60, reason="banjir").id
    fake_roads.delays[1] = (flood, 600.0)
    fake_roads.unreachable[5] = NoTrip(5, "cut_off_by_closures")
    ranking = rank_units(town, people.lead, story.incident().id, routes=1)
    assert [line["unit"]["id"] for line in ranking["ranked"]] == [2, 1]
    lift_closure(town, people.damkar, flood)
    return int(ranking["recommendation_id"])


def test_it_comes_out_the_same_after_everything_has_changed(
    story: Story, town: House, people: People, clock: FakeClock, kept: int
) -> None:
    change_duty(town, people.damkar, 1, "off_duty")
    execute(town, "UPDATE unit_types SET turnout_s = 999, capabilities = '{}'")
    execute(town, "UPDATE units SET call_sign = 'other-' || id")
    execute(town, "UPDATE agencies SET short_name = 'other'")
    execute(town, "DELETE FROM response_plan_items")
    clock.forward(86_400)
    found = replay_recommendation(town, kept)
    assert found["differences"] == []
    assert found["same"] is True
    row = town.store.reads.one("find_recommendation", id=kept)
    assert found["sha256"] == sealed(canonical(row["inputs"]), canonical(row["result"]))
    assert row["result"]["ranked"][0]["route_sha256"] is not None
    assert row["result"]["ranked"][1]["route_sha256"] is None


def test_other_times_are_told_with_the_engine_that_makes_them(
    town: House, kept: int, fake_roads: FakeRoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fake_roads, "status", lambda: replace(STATUS, engine="crooked"))
    assert replay_recommendation(town, kept)["same"] is True  # the bytes decide, not the name
    closure_id, _ = fake_roads.delays[1]
    fake_roads.delays[1] = (closure_id, 660.0)
    found = replay_recommendation(town, kept)
    assert found["same"] is False
    told = {line["path"]: (line["then"], line["now"]) for line in found["differences"]}
    assert told["engine"] == ("straight", "crooked")
    then, now = told["result.ranked[1].driving_time_s"]
    assert now - then == pytest.approx(60)


def test_another_way_of_the_same_length_is_told(
    town: House, kept: int, fake_roads: FakeRoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = fake_roads.trip_between

    def bend(*asked: Any) -> Trip | NoTrip:
        trip = drive(*asked)
        return trip._replace(line=trip.line[::-1]) if isinstance(trip, Trip) else trip

    monkeypatch.setattr(fake_roads, "trip_between", bend)
    paths = [line["path"] for line in replay_recommendation(town, kept)["differences"]]
    assert paths == ["result.ranked[0].route_sha256"]


def test_a_record_that_somebody_changed_is_told(town: House, kept: int) -> None:
    execute(
        town,
        "UPDATE recommendations"
        " SET result = jsonb_set(CAST(result AS jsonb), '{ranked,0,rank}', '7')"
        " WHERE id = %s",
        kept,
    )
    found = replay_recommendation(town, kept)
    assert found["same"] is False
    assert [line["path"] for line in found["differences"]] == ["sha256"]


def test_what_an_earlier_version_kept_is_refused_with_a_sentence(town: House, kept: int) -> None:
    execute(town, "UPDATE recommendations SET inputs = CAST(inputs AS jsonb) - 'format'")
    with pytest.raises(RecommendationTooOld, match=f"Recommendation {kept} was kept by an earlier"):
        replay_recommendation(town, kept)


def test_what_is_not_all_there_is_refused_with_a_sentence(town: House, kept: int) -> None:
    execute(town, "UPDATE kept_documents SET content = '[]' WHERE jsonb_typeof(content) = 'array'")
    with pytest.raises(RecommendationIncomplete, match="part of what it was made from is gone"):
        replay_recommendation(town, kept)
    with pytest.raises(RecommendationNotFound):
        replay_recommendation(town, 999_999)


def test_differences_name_their_place() -> None:
    then = {"a": [1, {"b": 2}], "c": 3, "e": []}
    now = {"a": [1, {"b": 4}], "d": 3, "e": [1]}
    assert [(d["path"], d["then"], d["now"]) for d in differences("x", then, now)] == [
        ("x.a[1].b", 2, 4),
        ("x.c", 3, "-"),
        ("x.d", "-", 3),
        ("x.e", [], [1]),
    ]
    assert json.dumps(list(differences("x", then, then))) == "[]"
