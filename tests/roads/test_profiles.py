"""Profiles are facts: what each vehicle may use, and how fast; nonsense in a file is refused."""

from pathlib import Path
from typing import Any

import pytest

from gis_dispatch import assets
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.profiles import Profile, load_profiles
from gis_dispatch.roads.refusals import ProfileBroken
from gis_dispatch.roads.tags import DEFAULT_SPEED_KPH
from gis_dispatch.roads.weights import closed_pace

OURS = load_profiles()


def test_our_vehicles() -> None:
    assert set(OURS) == {"car", "engine", "motorcycle"}
    for profile in OURS.values():
        assert set(profile.speeds_kph) <= set(DEFAULT_SPEED_KPH)


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
        ("residential", {"surface": "asphalt"}, 30, 25, 33),
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
    assert brave.contraflow_kph("residential", {}) == 8
    assert brave.contraflow_kph("motorway", {}) == 0
    assert brave.contraflow_kph("residential", {"access": "no"}) == 0


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


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("wings = 2\nwidth_m = 2.0\n", "wings"),
        ("width_m = 'wide'\n", "width_m"),
        ("width_m = -1\n", "width_m"),
        ("width_m = = 2\n", "line"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, change: str, told: str) -> None:
    text = assets.facts("profiles").joinpath("car.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("width_m")]
    (tmp_path / "car.toml").write_text(change + "".join(lines), encoding="utf-8")
    with pytest.raises(ProfileBroken, match=r"car\.toml") as refused:
        load_profiles(tmp_path)
    assert told in str(refused.value)


def test_a_profile_without_a_needed_fact_is_refused(tmp_path: Path) -> None:
    (tmp_path / "boat.toml").write_text('name_id = "Perahu"\n', encoding="utf-8")
    with pytest.raises(ProfileBroken, match="Field required"):
        load_profiles(tmp_path)
    assert isinstance(OURS["car"], Profile)
