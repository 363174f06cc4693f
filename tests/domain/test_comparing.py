"""Sentences about two answers, and how far a point is from a drawing."""

from typing import Any

import pytest

from gis_dispatch.domain.comparing import nearer_but_later, without_closure
from gis_dispatch.domain.nearness import distance_to_m
from gis_dispatch.domain.ranking import rank_trips, standings
from gis_dispatch.domain.roads import ClosureCost, NoTrip, Trip
from tests.domain.test_ranking import FLOOD, PLACE, trip, unit


def why(asked: Trip, other: Trip, **unit_facts: Any) -> str:
    """What is said of unit 2, which is some hundred metres nearer than unit 1."""
    units = [unit(1, lon=109.02), unit(2, lon=109.0173, **unit_facts)]
    ranked, _ = rank_trips(units, {1: asked, 2: other}, PLACE, {7: FLOOD})
    [found] = nearer_but_later(ranked[0], ranked, {7: FLOOD})
    assert found.line.unit.id == 2
    assert nearer_but_later(found.line, ranked, {7: FLOOD}) == []
    return found.reason.en


def test_each_cause_of_being_later_is_told() -> None:
    soon = trip(1, 180, 2400)
    begin = "U-2 is 300 m nearer in a straight line but "
    assert why(soon, trip(2, 420, 5200)) == f"{begin}4 min later: its way is 2.8 km longer."
    assert why(soon, trip(2, 420, 2400)) == f"{begin}4 min later: its roads are 4 min slower."
    assert why(soon, trip(2, 170, 2400), turnout_s=180) == (
        f"{begin}2 min later: takes 2 min longer to turn out."
    )
    walks = trip(2, 170, 2000, foot_m=200, foot_time_s=150)
    assert why(soon, walks) == f"{begin}2 min later: walks 2 min longer."
    flooded = trip(2, 420, 5200, closures_avoided=(ClosureCost(7, 250),))
    assert why(soon, flooded, turnout_s=90) == (
        f"{begin}4 min later: Jl. Alianyang closed since 14:05 (banjir); "
        "takes 30 s longer to turn out."
    )
    assert why(soon, trip(2, 190, 2400)) == f"{begin}10 s later."
    assert why(soon, trip(2, 180.2, 2400)) == (
        "U-2 is 300 m nearer in a straight line but not sooner."
    )


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [
        ((3, 600.0), (1, 300.0), "number 1, 5 min (5 min sooner)."),
        ((3, 600.0), (2, 600.0), "number 2, still 10 min."),
        ((3, 600.0), (3, 600.0), "still number 3, 10 min."),
        (None, (2, 600.0), "it could get there, number 2, 10 min."),
    ],
)
def test_what_a_closure_changes_is_told(now: Any, then: Any, said: str) -> None:
    expected = f"Were it not that Jl. Alianyang closed since 14:05 (banjir): {said}"
    assert without_closure(FLOOD, now, then).en == expected


def test_standings_are_those_of_the_ranking() -> None:
    units = [unit(1), unit(2), unit(3), unit(4)]
    trips = {1: trip(1, 300), 2: NoTrip(2, "no_way"), 3: trip(3, 100), 4: trip(4, 100)}
    ranked, _ = rank_trips(units, trips, PLACE, {})
    assert standings(units, trips, PLACE) == {
        line.unit.id: (line.rank, line.total_time_s) for line in ranked
    }


SQUARE = [[0.0, 0.0], [0.01, 0.0], [0.01, 0.01], [0.0, 0.01], [0.0, 0.0]]
HOLE = [[0.004, 0.004], [0.006, 0.004], [0.006, 0.006], [0.004, 0.006], [0.004, 0.004]]


@pytest.mark.parametrize(
    ("kind", "coordinates", "lon", "lat", "metres"),
    [
        ("Point", [0.01, 0.0], 0.0, 0.0, 1112),
        ("MultiPoint", [[0.5, 0.5], [0.0, 0.01]], 0.0, 0.0, 1112),
        ("LineString", [[-0.01, 0.001], [0.01, 0.001]], 0.0, 0.0, 111.2),
        ("LineString", [[0.001, 0.0], [0.001, 0.0]], 0.0, 0.0, 111.2),
        ("MultiLineString", [[[1, 1], [2, 2]], [[0.001, 0], [1, 0]]], 0.0, 0.0, 111.2),
        ("Polygon", [SQUARE], 0.005, 0.005, 0),
        ("Polygon", [SQUARE], 0.012, 0.005, 222.4),
        ("Polygon", [SQUARE, HOLE], 0.005, 0.005, 111.2),
        ("MultiPolygon", [[[[1, 1], [2, 1], [2, 2], [1, 1]]], [SQUARE]], 0.001, 0.001, 0),
    ],
)
def test_how_far_a_point_is_from_a_drawing(
    kind: str, coordinates: Any, lon: float, lat: float, metres: float
) -> None:
    found = distance_to_m({"type": kind, "coordinates": coordinates}, lon, lat)
    assert found == pytest.approx(metres, rel=0.001)
