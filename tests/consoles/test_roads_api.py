"""What the roads tell by themselves: one road to close, what is reached, tables of times."""

from typing import Any

import pytest

from gis_dispatch.domain.roads import RoadEdge
from tests.consoles.town import PLACE, Browser, Town
from tests.straight_roads import SPEED_M_S, StraightRoads


@pytest.fixture
def planner(calm_town: Town) -> Browser:
    return calm_town.signed_in("planner")


def test_a_road_is_given_whole_so_that_it_can_be_closed(calm_town: Town) -> None:
    operator = calm_town.signed_in("operator")
    found = operator.get("/roads/edge", query_string=PLACE).get_json()
    assert found.keys() == {"geometry", "street", "road_class", "length_m", "gap_m"}
    assert found["geometry"]["type"] == "LineString"
    assert found["street"] == "Jl. Diponegoro"
    assert operator.get("/roads/edge", query_string={"lon": 200, "lat": 0}).status_code == 422


def test_where_no_road_is_near_that_is_said(
    calm_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_roads: Any, _lon: float, _lat: float) -> RoadEdge | None:
        return None

    monkeypatch.setattr(StraightRoads, "edge_at", nothing)
    answer = calm_town.signed_in("operator").get("/roads/edge", query_string=PLACE)
    assert answer.status_code == 404
    assert answer.get_json()["detail"] == "There is no road near this place."


def test_reach_is_a_feature_for_each_time_the_longest_first(planner: Browser) -> None:
    given = {**PLACE, "profile": "car", "minutes": "5,15,10,5", "turnout_s": 60}
    found = planner.get("/roads/reach", query_string=given).get_json()
    assert found["type"] == "FeatureCollection"
    properties = [feature["properties"] for feature in found["features"]]
    assert properties == [
        {"limit_s": limit, "road_length_m": limit * SPEED_M_S} for limit in (900.0, 600.0, 300.0)
    ]
    assert {one["geometry"]["type"] for one in found["features"]} == {"MultiPolygon"}


def test_the_turnout_and_the_vehicle_are_told_to_the_roads(
    planner: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def reach(_roads: Any, start: Any, limits_s: Any, closures: Any) -> list[Any]:
        asked.append((start.lon, start.lat, start.profile, start.delay_s, limits_s))
        return []

    monkeypatch.setattr(StraightRoads, "reach", reach)
    planner.get("/roads/reach", query_string={**PLACE, "minutes": "7.5", "turnout_s": 80})
    assert asked == [(PLACE["lon"], PLACE["lat"], "car", 80.0, [450.0])]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"minutes": "five"}, "minutes"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "61"}, "minutes"),
        ({"minutes": "nan"}, "minutes"),
        ({"minutes": "1,2,3,4,5,6,7"}, "minutes"),
        ({"profile": "submarine"}, "profile"),
        ({"turnout_s": -1}, "turnout_s"),
        ({"lat": 91}, "lat"),
    ],
)
def test_what_cannot_be_used_is_named(planner: Browser, wrong: dict[str, Any], field: str) -> None:
    answer = planner.get("/roads/reach", query_string={**PLACE, **wrong})
    assert answer.status_code == 422
    assert answer.get_json()["field"] == field


def test_a_table_has_a_row_per_origin_and_a_column_per_destination(planner: Browser) -> None:
    here = [[108.98, 0.9], [108.99, 0.9]]
    body = {"origins": here, "destinations": [*here, [109.0, 0.9]]}
    answer = planner.post("/roads/times", body)
    assert answer.status_code == 200
    [first, second] = answer.get_json()["times_s"]
    assert first[0] == second[1] == 0.0
    assert first[1] == second[0] == second[2] == pytest.approx(111.2, abs=0.2)
    assert first[2] == pytest.approx(2 * first[1], abs=0.2)


def test_no_way_is_null(planner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StraightRoads, "times_between", lambda *_given: [[None, 12.34]])
    body = {"origins": [[108.98, 0.9]], "destinations": [[108.98, 0.9], [108.98, 0.91]]}
    assert planner.post("/roads/times", body).get_json() == {"times_s": [[None, 12.3]]}


@pytest.mark.parametrize(("field", "most"), [("origins", 250), ("destinations", 2500)])
def test_a_table_too_large_is_refused(planner: Browser, field: str, most: int) -> None:
    one = [[108.98, 0.9]]
    body = {"origins": one, "destinations": one, field: one * (most + 1)}
    answer = planner.post("/roads/times", body)
    assert answer.status_code == 422
    assert answer.get_json()["field"] == field
    assert f"at most {most}" in answer.get_json()["detail"]


def test_who_neither_plans_nor_dispatches_is_refused(calm_town: Town) -> None:
    operator = calm_town.signed_in("operator")
    assert operator.get("/roads/reach", query_string=PLACE).status_code == 403
    assert operator.post("/roads/times", {"origins": [], "destinations": []}).status_code == 403
    assert calm_town.signed_in("planner").get("/roads/edge", query_string=PLACE).status_code == 403
