"""Other components, places far from roads, and roads closed on one side: answered, and said."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pytest

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.roads import NoTrip, RoadClosure, Start, Trip
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.graph_roads import GraphRoads
from gis_dispatch.roads.profiles import Profiles, load_profiles
from tests.roads.small_town import WEST, start, trip
from tests.roads.test_closing import at
from tests.roads.towns import HEADER

BLOCK_M = 200
SIDE = range(6)
MAINLAND, ISLAND, YARD = (0, 0), (9000, 0), (300, 300)
ONE_WAY_FROM, ONE_WAY_TO = (0, 1), (1, 1)
"""On the mainland, the first block of the second street is one-way, eastward."""


def laid_out() -> Network:
    """A grid of 36 junctions, an island with as many 9 km east, and a yard road joined to nothing
    amid the mainland's blocks.
    """
    edges = EdgeList()

    def street(
        one: object, other: object, ends: Sequence[tuple[float, float]], *, both: bool
    ) -> None:
        line = np.array([at(*end) for end in ends])
        numbers = edges.junction(one, at(*ends[0])), edges.junction(other, at(*ends[1]))
        edges.add(numbers, 1, str(one), "primary", {}, line)
        if both:
            edges.add(numbers[::-1], 1, str(one), "primary", {}, line[::-1])

    for (west, south), x, y in product((MAINLAND, ISLAND), SIDE, SIDE):
        for other in ((x + 1, y), (x, y + 1)):
            if max(other) in SIDE:
                ends = [(west + a * BLOCK_M, south + b * BLOCK_M) for a, b in ((x, y), other)]
                both = (west, (x, y), other) != (0, ONE_WAY_FROM, ONE_WAY_TO)
                street((west, x, y), (west, *other), ends, both=both)
    street("gate", "shed", [YARD, (YARD[0] + 60, YARD[1])], both=True)
    return edges.network()


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(compile_graph(laid_out(), HEADER), Profiles(load_profiles()))


Ask = Callable[..., Trip | NoTrip]


@pytest.fixture
def go(engine: Engine) -> Ask:
    def ask(
        start: tuple[float, float], end: tuple[float, float], *closures: RoadClosure
    ) -> Trip | NoTrip:
        asked = Start(1, *at(*start), "car", delay_s=30.0)
        [found] = engine.trips_to(*at(*end), [asked], closures)
        vehicle = engine.vehicle("car")
        order, arrival_s = vehicle.nearest(*at(*end), vehicle.fleet([asked]), closures)
        # Whoever asks only for the soonest hears the same.
        expected = [found.arrival_time_s + 30.0] if isinstance(found, Trip) else []
        assert arrival_s.tolist() == pytest.approx(expected)
        assert len(order) == len(expected)
        return found

    return ask


def area(west: float, south: float, east: float, north: float) -> RoadClosure:
    ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
    return RoadClosure(1, hash(tuple(ring)), {"type": "Polygon", "coordinates": [ring]}, "closed")


def test_a_unit_in_another_component_is_told_there_is_no_way(go: Ask) -> None:
    assert go((9100, 0), (500, 200)) == NoTrip(1, "no_way")
    assert go((500, 200), (9100, 0)) == NoTrip(1, "no_way")
    assert trip(go((9100, 0), (9900, 200))).length_m == pytest.approx(1000, abs=2)


def test_no_way_is_not_put_on_a_closure(go: Ask) -> None:
    assert go((9100, 0), (500, 200), area(-50, -50, 1050, 50)) == NoTrip(1, "no_way")


def test_only_those_who_can_come_are_ranked(engine: Engine) -> None:
    starts = [Start(key, *at(x, 0), "car") for key, x in enumerate((9100, 100, 20_000, 700))]
    vehicle = engine.vehicle("car")
    found = engine.trips_to(*at(500, 0), starts, [])
    assert [type(one) for one in found] == [NoTrip, Trip, NoTrip, Trip]
    assert found[0] == NoTrip(0, "no_way")
    assert found[2] == NoTrip(2, "no_road_near_unit")
    # The third has no place on any road; the fleet holds the others.
    order, _ = vehicle.nearest(*at(500, 0), vehicle.fleet(starts), wanted=10)
    assert order.tolist() == [2, 1]


def test_a_yard_joined_to_nothing_traps_nobody(go: Ask) -> None:
    to_yard = trip(go((0, 0), (YARD[0] + 30, YARD[1])))
    assert to_yard.end_gap_m == pytest.approx(70, abs=1)
    from_yard = trip(go((YARD[0] + 30, YARD[1]), (0, 0)))
    assert from_yard.start_gap_m == pytest.approx(70, abs=1)
    assert from_yard.length_m == pytest.approx(300 + 400, abs=1)


def test_far_from_roads_is_said_whoever_it_is(go: Ask) -> None:
    assert go((500, 20_000), (500, 200)) == NoTrip(1, "no_road_near_unit")
    assert go((500, 200), (500, 20_000)) == NoTrip(1, "no_road_near_incident")
    near = trip(go((500, 200), (500, 1900)))
    assert near.end_gap_m == pytest.approx(900, abs=3)


BLOCK = 500, 400
"""In the middle of a block of the third street: 400 to 600 m east."""


def test_a_road_closed_on_one_side_is_entered_from_the_other(go: Ask) -> None:
    free = trip(go((0, 400), BLOCK))
    assert free.length_m == pytest.approx(500, abs=1)
    closed = trip(go((0, 400), BLOCK, area(430, 390, 460, 410)))
    # Round the block, and back from its eastern end.
    assert closed.length_m == pytest.approx(400 + 200 + 200 + 200 + 100, abs=1)
    assert closed.foot_m == 0
    [cost] = closed.closures_avoided
    assert cost.cost_s == pytest.approx(closed.driving_time_s - free.driving_time_s)


def test_a_unit_before_a_closure_turns_round(go: Ask) -> None:
    away = trip(go((420, 400), (1000, 400), area(430, 390, 460, 410)))
    assert away.length_m == pytest.approx(20 + 200 + 600 + 200, abs=1)


def test_between_two_closures_of_one_road_only_who_is_there_arrives(go: Ask) -> None:
    both = [area(430, 390, 460, 410), area(540, 390, 570, 410)]
    assert go((0, 400), BLOCK, *both) == NoTrip(1, "cut_off_by_closures")
    assert trip(go((520, 400), BLOCK, *both)).length_m == pytest.approx(20, abs=1)
    assert go((520, 400), (1000, 400), *both) == NoTrip(1, "cut_off_by_closures")


def test_a_one_way_closed_before_the_incident_is_not_entered_from_behind(go: Ask) -> None:
    before, behind = area(30, 190, 60, 210), area(140, 190, 170, 210)
    assert trip(go((0, 0), (100, 200))).length_m == pytest.approx(300, abs=1)
    assert go((0, 0), (100, 200), before) == NoTrip(1, "cut_off_by_closures")
    assert trip(go((0, 0), (100, 200), behind)).closures_avoided == ()


def test_a_unit_on_a_one_way_closed_ahead_is_cut_off(go: Ask) -> None:
    assert trip(go((100, 200), (0, 0))).length_m == pytest.approx(100 + 200 + 200, abs=1)
    ahead = area(140, 190, 170, 210)
    assert go((100, 200), (0, 0), ahead) == NoTrip(1, "cut_off_by_closures")
    assert go((150, 200), (0, 0), ahead) == NoTrip(1, "inside_closure")


def test_into_the_closed_side_one_walks(go: Ask) -> None:
    inside = trip(go((0, 400), (450, 400), area(430, 390, 460, 410)))
    near_side = 430 + 20, 400 + 200 + 200 + 200 + 140 + 10
    assert inside.foot_m == pytest.approx(20, abs=0.5)
    assert inside.length_m + inside.foot_m == pytest.approx(min(near_side), abs=1)
    assert inside.closures_entered == (1,)


def test_the_gap_beside_a_closed_road_is_not_driven_over(go: Ask) -> None:
    # Nearest to the closed road though it lies beside it: reached by that road, on foot.
    beside = trip(go((0, 400), (500, 440), area(410, 390, 590, 410)))
    assert beside.end_gap_m == pytest.approx(40, abs=0.5)
    assert beside.foot_m == pytest.approx(90, abs=1)


@pytest.mark.parametrize("lat", [90.0, -90.0, 89.99, 45.0])
def test_a_point_beyond_the_roads_is_told_at_once(roads: GraphRoads, lat: float) -> None:
    assert roads.edge_at(12.0, lat) is None
    lost = roads.trip_between(start(1, (12.0, lat)), *WEST, [])
    assert lost == NoTrip(1, "no_road_near_unit")
