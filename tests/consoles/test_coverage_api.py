"""Coverage over HTTP: shares by group and village, its age, and its layers."""

import pytest

from gis_dispatch.services.refresh_coverage import refresh_coverage
from tests.consoles.town import Town


@pytest.fixture
def covered(town: Town) -> Town:
    refresh_coverage(town.house, 900)
    return town


def test_before_the_first_reckoning_it_says_so(town: Town) -> None:
    groups = town.signed_in("dispatcher").get("/coverage").get_json()["groups"]
    assert [group["code"] for group in groups] == ["fire", "medical", "disaster"]
    assert all(group["stale"] and group["made_at"] is None for group in groups)


def test_shares_are_told_with_their_age(covered: Town) -> None:
    told = covered.signed_in("planner").get("/coverage").get_json()
    assert told["standard_s"] == 900
    fire, medical, _ = told["groups"]
    assert (fire["units"], fire["stale"]) == (2, False)
    assert [one["limit_s"] for one in fire["limits"]] == [900, 600, 300]
    assert (fire["limits"][0]["by_one"], fire["limits"][0]["by_two"]) == (1.0, 1.0)
    assert (medical["units"], medical["limits"][0]["by_one"]) == (0, 0.0)


def test_what_nobody_looked_at_for_long_is_stale(covered: Town) -> None:
    covered.sql(
        "UPDATE coverages SET made_at = made_at - interval '1 hour',"
        " confirmed_at = confirmed_at - interval '91 seconds'"
    )
    browser = covered.signed_in("operator")
    assert browser.get("/coverage").get_json()["groups"][0]["stale"]
    [feature] = browser.get("/layers/coverage_fire").get_json()["features"]
    assert feature["properties"]["stale"]


def test_its_layers_are_drawn_by_level(covered: Town) -> None:
    browser = covered.signed_in("dispatcher")
    [feature] = browser.get("/layers/coverage_fire").get_json()["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert (feature["properties"]["level"], feature["properties"]["units"]) == (2, 2)
    assert not feature["properties"]["stale"]
    assert covered.signed_in("crew").get("/layers/coverage_fire").status_code == 403


def test_an_agency_hears_that_it_changed(covered: Town) -> None:
    kinds = {e["kind"] for e in covered.signed_in("dispatcher").get("/events").get_json()["items"]}
    assert kinds == {"coverage.changed"}
