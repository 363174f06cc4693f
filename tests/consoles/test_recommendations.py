"""A kept ranking over HTTP: asked why, by those whose incident it is."""

from typing import Any

import pytest

from gis_dispatch.consoles.api.shapes_ranking import Explanation, Ranking
from tests.consoles.town import Town

INCIDENT = {"kind": "kebakaran", "lon": 108.985, "lat": 0.905, "verified": True}


@pytest.fixture
def ranked(town: Town) -> dict[str, Any]:
    operator = town.signed_in("operator")
    incident = operator.post("/incidents", INCIDENT).get_json()["id"]
    operator.post(f"/incidents/{incident}/referrals", {"agencies": ["damkar"]})
    answer = town.signed_in("dispatcher").get(f"/incidents/{incident}/ranking?routes=1")
    assert answer.status_code == 200, answer.text
    return dict(answer.get_json())


def test_only_as_many_ways_are_drawn_as_are_asked_for(ranked: dict[str, Any]) -> None:
    Ranking.model_validate(ranked)
    drawn = [line["route"] is not None for line in ranked["ranked"]]
    assert len(drawn) > 1 and drawn == [True] + [False] * (len(drawn) - 1)
    assert ranked["best_set"]["chosen"][0]["unit_id"] == ranked["ranked"][0]["unit"]["id"]


def test_a_dispatcher_asks_why(town: Town, ranked: dict[str, Any]) -> None:
    second = ranked["ranked"][1]
    path = f"/recommendations/{ranked['recommendation_id']}/units/{second['unit']['id']}"
    answer = town.signed_in("dispatcher").get(path)
    assert answer.status_code == 200, answer.text
    found = answer.get_json()
    Explanation.model_validate(found)
    assert (found["rank"], found["reason_en"]) == (2, second["reason_en"])
    assert found["route"]["coordinates"]


def test_to_another_agency_it_does_not_exist(town: Town, ranked: dict[str, Any]) -> None:
    town.user("other", "dispatcher", "bpbd")
    path = f"/recommendations/{ranked['recommendation_id']}/units/1"
    answer = town.signed_in("other").get(path)
    assert answer.status_code == 404
    assert answer.get_json()["type"] == "about:blank#recommendation_not_found"
    assert town.signed_in("planner").get(path).status_code == 403
    assert town.signed_in("operator").get("/recommendations/999/units/1").status_code == 404
