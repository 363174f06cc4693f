"""OSM tags in the forms people really write them."""

import pytest

from gis_dispatch.roads.tags import (
    directions,
    is_road,
    metres,
    restrictions,
    speed_limit_kph,
    tonnes,
)


@pytest.mark.parametrize(
    ("value", "kph"),
    [
        ("50", 50),
        (" 50 ", 50),
        ("50 km/h", 50),
        ("40 mph", 64.37376),
        ("40mph", 64.37376),
        ("10 knots", 18.52),
        ("walk", 6),
        ("DE:walk", 6),
        ("DE:living_street", 7),
        ("RU:urban", 60),
        ("DE:rural", 100),
        ("DE:zone:30", 30),
        ("DE:zone30", 30),
        ("AT:motorway", 130),
        ("ID:urban", 50),
        ("GB:nsl_single", 96.56),
        ("50;30", 30),
        ("50|80", 50),
        ("80; none", 80),
        ("none", None),
        ("signals", None),
        ("variable", None),
        ("XX:urban", None),
        ("fast", None),
        ("", None),
        (None, None),
        ("0", None),
        ("500", None),
        ("-30", None),
    ],
)
def test_speed_limits(value: str | None, kph: float | None) -> None:
    found = speed_limit_kph(value)
    assert found == (None if kph is None else pytest.approx(kph))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, (True, True)),
        ({"oneway": "yes"}, (True, False)),
        ({"oneway": "true"}, (True, False)),
        ({"oneway": "1"}, (True, False)),
        ({"oneway": "-1"}, (False, True)),
        ({"oneway": "reverse"}, (False, True)),
        ({"oneway": "no"}, (True, True)),
        ({"oneway": "reversible"}, (True, True)),
        ({"junction": "roundabout"}, (True, False)),
        ({"junction": "circular"}, (True, False)),
        ({"junction": "roundabout", "oneway": "-1"}, (False, True)),
        ({"highway": "motorway"}, (True, False)),
        ({"highway": "motorway_link", "oneway": "no"}, (True, True)),
        ({"oneway": "yes", "oneway:motor_vehicle": "no"}, (True, True)),
        ({"oneway": "perhaps"}, (True, True)),
        ({"highway": "motorway_link"}, (True, False)),
        ({"highway": "trunk_link"}, (True, True)),
        ({"junction": "roundabout", "oneway": "no"}, (True, True)),
    ],
)
def test_directions(tags: dict[str, str], expected: tuple[bool, bool]) -> None:
    assert directions(tags) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"highway": "residential"}, True),
        ({"highway": "path"}, True),
        ({"highway": "service", "service": "alley"}, True),
        ({"highway": "footway"}, False),
        ({"highway": "footway", "motorcycle": "yes"}, True),
        ({"highway": "steps"}, False),
        ({"highway": "construction"}, False),
        ({"highway": "pedestrian", "area": "yes"}, False),
        ({"route": "ferry"}, False),
        ({"route": "ferry", "motor_vehicle": "yes"}, False),
        ({"route": "ferry", "highway": "primary", "motor_vehicle": "yes"}, False),
        ({"route": "bicycle", "highway": "residential"}, True),
        ({"highway": "ferry"}, False),
        ({"highway": "primary_link"}, True),
        ({}, False),
    ],
)
def test_what_is_a_road(tags: dict[str, str], expected: bool) -> None:
    assert is_road(tags) is expected


def test_sizes() -> None:
    assert metres("3.5") == 3.5
    assert metres("3,5 m") == 3.5
    assert metres("350 cm") == pytest.approx(3.5)
    assert metres("11'6\"") == pytest.approx(3.5052)
    assert metres("11 ft") == pytest.approx(3.3528)
    assert metres("narrow") is None
    assert metres(None) is None
    assert tonnes("7.5") == 7.5
    assert tonnes("7,5 t") == 7.5
    assert tonnes("7500 kg") == 7.5
    assert tonnes("unsigned") is None


def test_each_direction_has_its_own_limit() -> None:
    tags = {"highway": "primary", "maxspeed:forward": "60", "maxspeed:backward": "40"}
    assert restrictions(tags)["maxspeed_kph"] == 60
    assert restrictions(tags, along=False)["maxspeed_kph"] == 40


def test_a_direction_without_a_limit_of_its_own_has_the_roads() -> None:
    tags = {"highway": "primary", "maxspeed": "50", "maxspeed:backward": "none"}
    assert restrictions(tags)["maxspeed_kph"] == 50
    assert "maxspeed_kph" not in restrictions(tags, along=False)


def test_what_restricts_is_kept() -> None:
    tags = {
        "highway": "service", "name": "Gang", "surface": "gravel", "maxheight": "2.1 m",
        "maxweight": "3.5", "width": "4", "maxwidth": "2.2", "access": "private", "ford": "yes",
    }  # fmt: skip
    assert restrictions(tags) == {
        "surface": "gravel", "maxheight_m": 2.1, "maxweight_t": 3.5, "width_m": 2.2,
        "access": "private", "ford": "yes",
    }  # fmt: skip
