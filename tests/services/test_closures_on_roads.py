"""Closures on real roads: counted by the first ranking, overlapping, and ending by themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gis_dispatch.domain.incident import Incident
from gis_dispatch.ports import House
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.lift_closure import lift_closure
from gis_dispatch.services.rank_units import rank_units
from tests.fakes import FakeClock
from tests.services.test_ranking_on_roads import grid, on_roads, take_in, wall
from tests.story import Story
from tests.town import CENTRE, People

WEST, EAST = "DMK-1", "DMK-2"
"""The only engines; the incident lies between their stations, nearer to the western one."""
Driving = dict[str, float | str]
"""Seconds of driving by call sign, or why a unit cannot come."""


@pytest.fixture
def paved(town: House, tmp_path: Path) -> House:
    """The town on a grid of streets."""
    house = on_roads(town, tmp_path / "home")
    take_in(house, grid(tmp_path / "streets.osm", "residential"))
    return house


@pytest.fixture
def incident(story: Story, paved: House) -> Incident:
    """At the centre, on a crossing of Jalan x0."""
    return replace(story, house=paved).incident()


@pytest.fixture
def driving(paved: House, people: People, incident: Incident) -> Callable[..., Driving]:
    def ask(house: House = paved) -> Driving:
        ranking = rank_units(house, people.damkar, incident.id)
        found: Driving = {
            line["unit"]["call_sign"]: line["driving_time_s"] for line in ranking["ranked"]
        }
        left_out = {line["unit"]["call_sign"]: line["code"] for line in ranking["left_out"]}
        return found | {sign: code for sign, code in left_out.items() if sign in (WEST, EAST)}

    return ask


CUT_OFF = "cut_off_by_closures"


def test_the_first_ranking_after_the_commit_is_right_in_every_process(
    paved: House, people: People, tmp_path: Path, driving: Callable[..., Driving]
) -> None:
    other = on_roads(paved, tmp_path / "other")
    free = driving()
    assert driving(other) == free
    wall_m, way_m, usual_s = 111.3, 4 * 556.6, float(free[WEST])
    crawling = pytest.approx(usual_s * (1 - wall_m / way_m) + wall_m / 2 * 3.6, abs=0.5)
    for effect, expected in (
        ({"effect": "closed"}, CUT_OFF),
        ({"effect": "slowed", "speed_kph": 2.0}, crawling),
    ):
        closed = close_road(
            paved, people.damkar, geometry=wall(-0.007, -0.006), reason="banjir", **effect
        )
        assert driving(other) == {WEST: expected, EAST: free[EAST]}
        assert driving() == driving(other)
        lift_closure(other, people.damkar, closed.id)
        assert driving() == free
        assert driving(other) == free


def test_overlapping_closures_begin_and_end_by_themselves(
    paved: House, people: People, clock: FakeClock, driving: Callable[..., Driving]
) -> None:
    free, now = driving(), clock.now()
    slow = close_road(
        paved, people.damkar, geometry=wall(-0.0068, -0.0058), reason="lumpur",
        effect="slowed", speed_kph=2.0,
    )  # fmt: skip
    slowed = driving()
    assert float(slowed[WEST]) > float(free[WEST]) + 150
    hour = timedelta(hours=1)
    for begins, ends, place in ((1, 3, (-0.007, -0.006)), (2, 4, (-0.0065, -0.0055))):
        close_road(
            paved, people.damkar, geometry=wall(*place), reason="banjir",
            starts_at=now + begins * hour, ends_at=now + ends * hour,
        )  # fmt: skip
    closed = {WEST: CUT_OFF, EAST: free[EAST]}
    second = timedelta(seconds=1)
    for moment, expected in (
        (now + 1 * hour - second, slowed),
        (now + 1 * hour, closed),
        (now + 2 * hour, closed),
        (now + 3 * hour, closed),  # the first has ended, the other holds
        (now + 4 * hour - second, closed),
        (now + 4 * hour, slowed),
    ):
        clock.time = moment
        assert driving() == expected, moment - now
    lift_closure(paved, people.damkar, slow.id)
    assert driving() == free


def test_both_sides_closed_leave_nobody(
    paved: House, people: People, driving: Callable[..., Driving]
) -> None:
    close_road(paved, people.damkar, geometry=wall(-0.007, -0.006), reason="banjir")
    close_road(paved, people.damkar, geometry=wall(0.006, 0.007), reason="banjir")
    assert driving() == {WEST: CUT_OFF, EAST: CUT_OFF}


def test_water_concerns_who_cannot_ford_it(
    paved: House, people: People, driving: Callable[..., Driving]
) -> None:
    free = driving()
    for depth_cm, passes in ((40.0, True), (200.0, False)):
        flood = close_road(
            paved, people.damkar, geometry=wall(-0.007, -0.006), reason="banjir", depth_cm=depth_cm
        )
        now = driving()
        assert now[EAST] == free[EAST]
        assert (now[WEST] != CUT_OFF) is passes
        assert now[WEST] != free[WEST]
        lift_closure(paved, people.damkar, flood.id)


def test_a_closure_for_other_vehicles_costs_nothing(
    paved: House, people: People, driving: Callable[..., Driving]
) -> None:
    free = driving()
    close_road(
        paved, people.damkar, geometry=wall(-0.007, -0.006), reason="pasar",
        profiles=["motorcycle", "car"],
    )  # fmt: skip
    assert driving() == free


def test_a_bridge_stands_above_the_water(
    paved: House, people: People, tmp_path: Path, driving: Callable[..., Driving]
) -> None:
    free = driving()
    file = grid(tmp_path / "bridge.osm", "residential")
    named = '<tag k="name" v="Jalan x0"/>'
    file.write_text(file.read_text().replace(named, named + '<tag k="bridge" v="yes"/>'))
    take_in(paved, file)
    close_road(paved, people.damkar, geometry=wall(-0.007, -0.006), reason="rob", depth_cm=200.0)
    assert driving() == free
    close_road(paved, people.damkar, geometry=wall(-0.007, -0.006), reason="jembatan putus")
    assert driving() == {WEST: CUT_OFF, EAST: free[EAST]}


def test_a_picked_road_is_closed_alone(
    paved: House, people: People, incident: Incident, driving: Callable[..., Driving]
) -> None:
    free = driving()
    before = rank_units(paved, people.damkar, incident.id)["ranked"][0]
    edge = paved.roads.edge_at(CENTRE[0] - 0.0075, CENTRE[1])
    assert edge is not None
    assert edge.street == "Jalan x0"
    line: dict[str, Any] = {"type": "LineString", "coordinates": [list(p) for p in edge.line]}
    closed = close_road(paved, people.damkar, geometry=line, reason="pohon tumbang")
    after = driving()
    assert after[EAST] == free[EAST]
    [now] = [
        line
        for line in rank_units(paved, people.damkar, incident.id)["ranked"]
        if line["unit"]["call_sign"] == WEST
    ]
    # Round the block: the streets beside and across stay open.
    round_the_block = paved.roads.edge_at(CENTRE[0], CENTRE[1] + 0.0025)
    assert round_the_block is not None
    longer = now["length_m"] - before["length_m"]
    assert longer == pytest.approx(2 * round_the_block.length_m, abs=2)
    assert [cost["closure_id"] for cost in now["closures_avoided"]] == [closed.id]
