"""The ranking of a real incident: order, reasons, closures, and the record it leaves."""

import json
from dataclasses import replace
from itertools import count
from typing import cast

import pytest

from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.roads import NoTrip
from gis_dispatch.errors import (
    ChoiceUnknown,
    ClosureAlreadyLifted,
    GeometryUnusable,
    PeriodBackwards,
    SpeedMissing,
    TextMissing,
)
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.find_route import find_route
from gis_dispatch.services.lift_closure import lift_closure
from gis_dispatch.services.rank_place import rank_place
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.ranking_documents import fingerprint
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock, FakeRoads
from tests.story import Story
from tests.straight_roads import STATUS
from tests.town import CENTRE, People

FLOOD = {
    "type": "Polygon",
    "coordinates": [[[108.98, 0.9], [108.99, 0.9], [108.99, 0.91], [108.98, 0.9]]],
}


def calls(ranking: dict[str, object]) -> list[str]:
    return [line["unit"]["call_sign"] for line in ranking["ranked"]]  # type: ignore[attr-defined]


def codes(ranking: dict[str, object]) -> dict[str, str]:
    return {line["unit"]["call_sign"]: line["code"] for line in ranking["left_out"]}  # type: ignore[attr-defined]


def flood(house: House, people: People) -> int:
    return close_road(house, people.damkar, geometry=FLOOD, depth_cm=60, reason="banjir").id


def test_every_unit_is_ranked_or_has_its_reason(story: Story, town: House, people: People) -> None:
    incident = story.incident()
    ranking = rank_units(town, people.damkar, incident.id)
    assert calls(ranking) == ["DMK-1", "DMK-2"]
    assert codes(ranking) == {
        "DMK-3": "no_place",
        "DMK-4": "lacks_capability",
        "BPBD-1": "other_agency",
    }
    first = ranking["ranked"][0]
    assert first["total_time_s"] == pytest.approx(80 + first["driving_time_s"], abs=0.1)
    assert first["from"]["source"] == "station"
    assert first["route"]["coordinates"][-1] == list(CENTRE)
    assert "Nearest by road" in first["reason_en"]
    assert "Terdekat lewat jalan" in first["reason_id"]


def test_busy_and_off_duty_units_say_so(story: Story, town: House, people: People) -> None:
    sent = story.sent(1)
    change_duty(town, people.damkar, 2, "out_of_service", "servis")
    ranking = rank_units(town, people.damkar, story.incident().id)
    assert calls(ranking) == []
    assert codes(ranking)["DMK-1"] == "busy"
    reasons = {x["unit"]["call_sign"]: x["reason_en"] for x in ranking["left_out"]}
    number = town.store.reads.one("get_incident", id=sent.incident_id)["number"]
    assert reasons["DMK-1"] == f"Busy on incident {number} (dispatched)."
    assert reasons["DMK-2"] == "Out of service: servis."


def test_a_flood_changes_the_order_at_once_and_says_why(
    story: Story, town: House, people: People, fake_roads: FakeRoads
) -> None:
    incident = story.incident()
    closure_id = flood(town, people)
    fake_roads.delays[1] = (closure_id, 600.0)
    ranking = rank_units(town, people.damkar, incident.id)
    assert calls(ranking) == ["DMK-2", "DMK-1"]
    assert "Jl. Diponegoro closed since 09:00 (banjir)" in ranking["ranked"][1]["reason_en"]
    assert ranking["ranked"][1]["closures_avoided"] == [
        {"closure_id": closure_id, "reason": "banjir", "cost_s": 600.0}
    ]
    lift_closure(town, people.damkar, closure_id)
    assert calls(rank_units(town, people.damkar, incident.id)) == ["DMK-1", "DMK-2"]
    with pytest.raises(ClosureAlreadyLifted):
        lift_closure(town, people.damkar, closure_id)


def test_the_recommendation_is_kept_with_what_it_was_made_from(
    story: Story, town: House, people: People
) -> None:
    incident = story.incident()
    closure_id = flood(town, people)
    ranking = rank_units(town, people.damkar, incident.id, k=1)
    with cast(PostgresStore, town.store).engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT * FROM recommendations WHERE id = %s", (ranking["recommendation_id"],)
        )
        kept = dict(rows.mappings().one())
    for name in ("inputs", "result"):
        kept[name] = json.loads(kept[name])
    assert kept["incident_id"] == incident.id and kept["made_by"] == 3
    assert kept["inputs"]["network_version"] == "test-1"
    assert kept["network_version"] == "test-1"
    closures = town.store.reads.one("find_kept_document", sha256=kept["inputs"]["closures_sha256"])
    assert closures["content"] == [
        {
            "id": closure_id,
            "version": 1,
            "geometry": FLOOD,
            "effect": "closed",
            "speed_kph": None,
            "depth_cm": 60.0,
            "profiles": None,
            "reason": "banjir",
            "starts_at": kept["inputs"]["made_at"],
        }
    ]
    assert kept["inputs"]["closures_sha256"] == fingerprint(closures["content"])
    assert {unit["id"] for unit in kept["inputs"]["units"]} == {1, 2, 3, 4, 5}
    assert [line["unit"]["id"] for line in kept["result"]["ranked"]] == [1]
    assert kept["ranked_ids"] == [1]
    facts = town.store.reads.one("find_kept_document", sha256=kept["units_sha256"])["content"]
    assert [unit["call_sign"] for unit in facts if unit["id"] == 1] == ["DMK-1"]
    assert kept["sha256"] == fingerprint({"inputs": kept["inputs"], "result": kept["result"]})
    assert codes(ranking)["DMK-2"] == "further_away"


def test_asking_again_is_no_news_until_the_order_changes(
    story: Story, town: House, people: People
) -> None:
    incident = story.incident()

    def made() -> int:
        rows = town.store.reads.all("list_events_of_incident", incident_id=incident.id)
        return [row["kind"] for row in rows].count("ranking.made")

    rank_units(town, people.damkar, incident.id)
    rank_units(town, people.damkar, incident.id)
    assert made() == 1
    change_duty(town, people.damkar, 1, "off_duty")
    rank_units(town, people.damkar, incident.id)
    assert made() == 2
    # Each agency has an order of its own, and so have all together.
    for asking in (people.lead, people.damkar, people.lead):
        rank_units(town, asking, incident.id)
    assert made() == 3
    change_duty(town, people.damkar, 1, "available")
    rank_units(town, people.damkar, incident.id)
    assert made() == 4


def test_the_best_set_for_the_plan_counts_who_was_sent_already(
    story: Story, town: House, people: People
) -> None:
    incident = story.incident()  # the plan: three engines of damkar, any unit of PLN
    best = rank_units(town, people.lead, incident.id)["best_set"]
    assert [place["call_sign"] for place in best["chosen"]] == ["DMK-1", "DMK-2"]
    assert best["chosen"][0]["capability"] == "fire_suppression"
    assert best["total_time_s"] == sum(place["total_time_s"] for place in best["chosen"])
    assert [(gap["agency_code"], gap["capability"], gap["number"]) for gap in best["missing"]] == [
        ("damkar", "fire_suppression", 1),
        ("pln", None, 1),
    ]
    assert best["missing"][0]["reason_en"] == (
        "2 of 3 units of Damkar (Fire suppression): no other can be sent."
    )
    assert best["missing"][1]["reason_id"] == (
        "0 dari 1 unit PLN (unit apa pun): tidak ada lagi yang dapat dikirim."
    )
    own = rank_units(town, people.damkar, incident.id, k=1)["best_set"]
    assert [place["call_sign"] for place in own["chosen"]] == ["DMK-1", "DMK-2"]
    assert [gap["agency_code"] for gap in own["missing"]] == ["damkar"]
    story.sent(1, referral=story.accepted(story.referral(incident)))
    after = rank_units(town, people.damkar, incident.id)["best_set"]
    assert [place["call_sign"] for place in after["sent"]] == ["DMK-1"]
    assert [place["call_sign"] for place in after["chosen"]] == ["DMK-2"]
    assert after["missing"] == own["missing"]
    assert rank_units(town, people.bpbd, incident.id)["best_set"] is None


def test_only_the_soonest_are_drawn(story: Story, town: House, people: People) -> None:
    incident = story.incident()
    for asked, drawn in ((0, [False, False]), (1, [True, False]), (10, [True, True])):
        ranking = rank_units(town, people.damkar, incident.id, routes=asked)
        assert [line["route"] is not None for line in ranking["ranked"]] == drawn
        assert [bool(line["streets"]) for line in ranking["ranked"]] == drawn


def test_the_roads_are_told_every_turnout(town: House, fake_roads: FakeRoads) -> None:
    rank_place(town, SYSTEM_ACTOR, *CENTRE)
    [(starts, _)] = fake_roads.asked
    assert {start.key: start.delay_s for start in starts} == {1: 80, 2: 80, 4: 60, 5: 60}


def test_a_ranking_is_of_one_engine_however_often_the_roads_are_exchanged_under_it(
    town: House,
    people: People,
    story: Story,
    fake_roads: FakeRoads,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[FakeRoads] = []

    def as_of(version: str, _profiles: object) -> FakeRoads:
        held.append(FakeRoads())
        monkeypatch.setattr(held[-1], "status", lambda: replace(STATUS, version=version))
        return held[-1]

    versions = (f"test-{number}" for number in count(1))
    monkeypatch.setattr(fake_roads, "status", lambda: replace(STATUS, version=next(versions)))
    monkeypatch.setattr(fake_roads, "as_of", as_of)
    ranking = rank_units(town, people.damkar, story.incident().id)
    [asked] = held
    assert len(asked.asked) == 1
    assert fake_roads.asked == []
    row = town.store.reads.one("find_recommendation", id=ranking["recommendation_id"])
    told = {ranking["network"]["version"], row["network_version"], row["inputs"]["network_version"]}
    assert told == {asked.status().version}


def test_a_place_is_ranked_without_an_incident(town: House) -> None:
    ranking = rank_place(town, SYSTEM_ACTOR, *CENTRE)
    assert ranking["recommendation_id"] is None
    assert set(calls(ranking)) == {"DMK-1", "DMK-2", "DMK-4", "BPBD-1"}
    assert calls(rank_place(town, SYSTEM_ACTOR, *CENTRE, agency="bpbd")) == ["BPBD-1"]
    assert calls(rank_place(town, SYSTEM_ACTOR, *CENTRE, profile="motorcycle")) == []


def test_a_unit_that_is_cut_off_is_left_out(town: House, fake_roads: FakeRoads) -> None:
    fake_roads.unreachable[5] = NoTrip(5, "no_road_near_unit")
    ranking = rank_place(town, SYSTEM_ACTOR, *CENTRE, agency="bpbd")
    assert codes(ranking)["BPBD-1"] == "no_road_near_unit"


def test_the_way_of_one_unit(story: Story, town: House, people: People) -> None:
    assignment = story.sent(1)
    route = find_route(town, people.crew, assignment.id)
    assert route["route"]["coordinates"][-1] == list(CENTRE)
    assert route["network"] == {"version": "test-1", "place": "Test town", "sample": False}


def test_a_kind_of_vehicle_nobody_knows_is_refused(town: House) -> None:
    with pytest.raises(ChoiceUnknown, match=r"profile: \"boat\".*car, engine, motorcycle"):
        rank_place(town, SYSTEM_ACTOR, *CENTRE, profile="boat")


def test_closures_that_make_no_sense_are_refused(
    town: House, people: People, clock: FakeClock
) -> None:
    with pytest.raises(GeometryUnusable):
        close_road(town, people.damkar, geometry={"type": "Circle"}, reason="banjir")
    with pytest.raises(SpeedMissing, match="speed_kph"):
        close_road(town, people.damkar, geometry=FLOOD, effect="slowed", reason="banjir")
    with pytest.raises(TextMissing, match="reason"):
        close_road(town, people.damkar, geometry=FLOOD, reason="")
    with pytest.raises(PeriodBackwards):
        close_road(town, people.damkar, geometry=FLOOD, reason="banjir", ends_at=clock.now())
    assert town.store.reads.all("list_closures", state="all") == []
