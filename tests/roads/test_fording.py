"""Water of a known depth stops who cannot ford it, and slows who can."""

from typing import Any

import pytest

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.closed_weights import closed_pace
from gis_dispatch.roads.profile_files import load_profiles

OURS = load_profiles()


@pytest.mark.parametrize(
    ("closure", "car", "engine"),
    [
        ({"effect": "closed"}, 0, 0),
        ({"effect": "slowed", "speed_kph": 10.0}, 10, 10),
        ({"effect": "closed", "depth_cm": 20.0}, 8, 8),
        ({"effect": "closed", "depth_cm": 40.0}, 0, 8),
        ({"effect": "slowed", "speed_kph": 5.0, "depth_cm": 40.0}, 0, 5),
        ({"effect": "closed", "profiles": ("engine",)}, None, 0),
    ],
)
def test_water_stops_who_cannot_ford_it(
    closure: dict[str, Any], car: float | None, engine: float | None
) -> None:
    made = RoadClosure(id=1, version=1, geometry={}, **closure)
    for profile, expected in ((OURS["car"], car), (OURS["engine"], engine)):
        pace = closed_pace(made, profile)
        speed = None if pace is None else 3.6 / pace
        assert speed == (None if expected is None else pytest.approx(expected))
