"""What each vehicle may use, how fast it is there, and what stops it, by the shipped profiles."""

from typing import Any

import pytest

from gis_dispatch.roads.profile_files import load_profiles

OURS = load_profiles()


def test_our_vehicles() -> None:
    assert set(OURS) == {"car", "engine", "motorcycle"}


@pytest.mark.parametrize(
    ("kind", "rules", "car", "engine", "motorcycle"),
    [
        ("residential", {}, 30, 25, 33),
        ("path", {}, 0, 0, 14),
        ("steps", {}, 0, 0, 0),
        ("residential", {"maxspeed_kph": 20}, 20, 18, 22),
        ("motorway", {"maxspeed_kph": 130}, 100, 80, 90),
        ("residential", {"width_m": 2.5}, 30, 0, 33),
        ("residential", {"width_m": 1.5}, 0, 0, 33),
        ("residential", {"maxheight_m": 3.0}, 30, 0, 33),
        ("residential", {"maxweight_t": 7.5}, 30, 0, 33),
        ("residential", {"access": "no"}, 0, 0, 0),
        ("residential", {"access": "private"}, 30, 25, 33),
        ("residential", {"access": "no", "motor_vehicle": "yes"}, 30, 25, 33),
        ("residential", {"motor_vehicle": "no", "motorcycle": "yes"}, 0, 0, 33),
        ("residential", {"motorcar": "no"}, 0, 25, 33),
        ("residential", {"hgv": "no"}, 30, 0, 33),
        ("residential", {"access": "no", "emergency": "yes"}, 30, 25, 33),
        ("residential", {"surface": "gravel"}, 21, 16.25, 23.1),
        ("residential", {"access": "no", "emergency": "fire_hydrant"}, 0, 0, 0),
        ("residential", {"access": "yes", "emergency": "no"}, 0, 0, 0),
        ("residential", {"motor_vehicle": "agricultural;forestry"}, 0, 0, 0),
        ("residential", {"motor_vehicle": "agricultural;destination"}, 30, 25, 33),
        ("residential", {"motor_vehicle": "no", "vehicle": "yes"}, 0, 0, 0),
        ("residential", {"surface": "asphalt"}, 30, 25, 33),
        ("residential", {"surface": "asphalt;gravel"}, 21, 16.25, 23.1),
        ("residential", {"surface": "sett:flat"}, 24, 20, 28.05),
        ("track", {"maxspeed_kph": 80}, 18, 12, 27),
        ("service", {"service": "alley"}, 20, 0, 24),
        ("service", {"service": "alley", "width_m": 2.4}, 20, 0, 24),
        ("service", {"service": "alley", "width_m": 3.0}, 20, 16, 24),
        ("service", {"service": "parking_aisle", "surface": "gravel"}, 8.4, 5.2, 13.44),
    ],
)
def test_speeds(
    kind: str, rules: dict[str, Any], car: float, engine: float, motorcycle: float
) -> None:
    found = [OURS[name].speed_kph(kind, rules) for name in ("car", "engine", "motorcycle")]
    assert found == pytest.approx([car, engine, motorcycle])


def test_against_a_one_way_only_where_the_city_allows_it() -> None:
    car = OURS["car"]
    assert car.contraflow_kph("residential", {}) == 0
    flow = car.contraflow.model_copy(update={"allowed": True})
    brave = car.model_copy(update={"contraflow": flow})
    assert brave.contraflow_kph("residential", {}) == 6
    assert brave.contraflow_kph("motorway", {}) == 0
    assert brave.contraflow_kph("residential", {"access": "no"}) == 0
    around = {"junction": "roundabout"}
    assert brave.contraflow_kph("residential", around) == 0
    mad = flow.model_copy(update={"roundabouts": True})
    assert car.model_copy(update={"contraflow": mad}).contraflow_kph("residential", around) == 6


SIGN = {"restriction": "no_left_turn"}


@pytest.mark.parametrize(
    ("rule", "car", "engine", "motorcycle"),
    [
        (SIGN, True, True, True),
        ({"restriction": "only_straight_on"}, True, True, True),
        ({**SIGN, "except": "psv;bicycle"}, True, True, True),
        ({**SIGN, "except": "emergency"}, False, False, False),
        ({**SIGN, "except": "bus; motorcycle"}, True, True, False),
        ({**SIGN, "except": "hgv"}, True, False, True),
        ({**SIGN, "for": "hgv"}, False, True, False),
        ({**SIGN, "for": "motorcycle"}, False, False, True),
        ({**SIGN, "for": "motor_vehicle"}, True, True, True),
        ({**SIGN, "for": "bus"}, False, False, False),
        ({**SIGN, "for": "motor_vehicle", "except": "emergency"}, False, False, False),
        ({"barrier": "bollard"}, True, True, False),
        ({"barrier": "block"}, True, True, False),
        ({"barrier": "gate"}, False, False, False),
        ({"barrier": "lift_gate"}, False, False, False),
        ({"barrier": "chain", "access": "private"}, False, False, False),
        ({"barrier": "gate", "access": "no"}, True, True, True),
        ({"barrier": "gate", "access": "no", "emergency": "yes"}, False, False, False),
        ({"barrier": "bollard", "emergency": "yes"}, False, False, False),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, False, False, False),
        ({"barrier": "gate", "motor_vehicle": "no", "motorcycle": "yes"}, True, True, False),
        ({"barrier": "bollard", "width_m": 0.2}, True, True, False),
        ({"barrier": "bollard", "width_m": 0.7}, True, True, True),
        ({"barrier": "bollard", "width_m": 2.2}, False, True, False),
        ({"barrier": "gate", "width_m": 2.2}, False, True, False),
        ({"barrier": "gate", "access": "yes", "width_m": 2.2}, False, True, False),
        ({"barrier": "block", "width_m": 3.0}, True, True, False),
        ({"barrier": "height_restrictor", "maxheight_m": 3.0}, False, True, False),
        ({"barrier": "cycle_barrier"}, True, True, True),
        ({"barrier": "kissing_gate"}, True, True, True),
        ({"something": "nobody knows"}, True, True, True),
    ],
)
def test_signs_and_barriers_stop_whom_they_concern(
    rule: dict[str, Any], car: bool, engine: bool, motorcycle: bool
) -> None:
    found = [OURS[name].bound_by(rule) for name in ("car", "engine", "motorcycle")]
    assert found == [car, engine, motorcycle]


def test_a_city_may_let_its_engines_turn_against_signs_but_not_through_bollards() -> None:
    engine = OURS["engine"]
    free = engine.turn_restrictions.model_copy(update={"obeyed": False})
    brave = engine.model_copy(update={"turn_restrictions": free})
    assert not brave.bound_by(SIGN)
    assert brave.bound_by({"barrier": "bollard"})
