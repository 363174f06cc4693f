"""What closures do to trips: who is cut off, who drives round, what it costs, and who walks."""

import pytest

from gis_dispatch.domain.roads import NoTrip, RoadClosure, Trip
from gis_dispatch.roads.graph_roads import GraphRoads
from tests.roads.small_town import EAST, WEST, avenue, box, start, trip


def test_a_closure_cuts_off_or_costs_by_vehicle(roads: GraphRoads) -> None:
    starts = [start(1, WEST), start(2, WEST, "motorcycle")]
    car, motorcycle = roads.trips_to(*EAST, starts, [avenue()])
    assert car == NoTrip(1, "cut_off_by_closures")
    assert trip(motorcycle).streets == ("Jalan Diponegoro", "Gang Kenanga", "Jalan Alianyang")
    (cost,) = trip(motorcycle).closures_avoided
    longer = trip(motorcycle).driving_time_s - trip(motorcycle).free_driving_time_s
    assert cost.closure_id == 1
    assert cost.cost_s == pytest.approx(longer)
    assert longer > 0


def test_a_closure_elsewhere_costs_nothing(roads: GraphRoads) -> None:
    gang = box(4, 108.9818, 0.9008, 108.9822, 0.9012)
    found = trip(roads.trip_between(start(1, WEST), *EAST, [gang]))
    assert found.closures_avoided == ()
    assert found.driving_time_s == found.free_driving_time_s


def test_a_slow_stretch_costs_what_it_costs(roads: GraphRoads) -> None:
    slow = avenue(effect="slowed", speed_kph=10.0)
    found = trip(roads.trip_between(start(1, WEST), *EAST, [slow]))
    (cost,) = found.closures_avoided
    # 44.2 m at 10 instead of 50 km/h
    assert cost.cost_s == pytest.approx(44.2 / 10 * 3.6 - 44.2 / 50 * 3.6, abs=0.1)
    assert found.driving_time_s - found.free_driving_time_s == pytest.approx(cost.cost_s)


def test_of_two_closures_each_is_told_its_own_part(roads: GraphRoads) -> None:
    one = avenue(1, effect="slowed", speed_kph=10.0)
    two = box(2, 108.9825, 0.8995, 108.983, 0.9005, effect="slowed", speed_kph=5.0)
    found = trip(roads.trip_between(start(1, WEST), *EAST, [one, two]))
    costs = {cost.closure_id: cost.cost_s for cost in found.closures_avoided}
    assert set(costs) == {1, 2}
    total = found.driving_time_s - found.free_driving_time_s
    assert sum(costs.values()) == pytest.approx(total)


def test_two_closures_on_one_spot_share_one_cost(roads: GraphRoads) -> None:
    found = trip(roads.trip_between(start(1, WEST, "motorcycle"), *EAST, [avenue(1), avenue(2)]))
    assert len(found.closures_avoided) == 1
    longer = found.driving_time_s - found.free_driving_time_s
    assert found.closures_avoided[0].cost_s == pytest.approx(longer)


def test_water_is_forded_by_who_can(roads: GraphRoads) -> None:
    flood = avenue(depth_cm=40.0)
    car, engine = roads.trips_to(*EAST, [start(1, WEST), start(2, WEST, "engine")], [flood])
    assert car == NoTrip(1, "cut_off_by_closures")
    assert trip(engine).driving_time_s > trip(engine).free_driving_time_s


def test_an_address_before_the_flood_stays_reachable(roads: GraphRoads) -> None:
    flood = avenue()
    before = roads.trip_between(start(1, WEST), 108.984, 0.9006, [flood])
    behind = roads.trip_between(start(1, WEST), 108.984, 0.9014, [flood])
    assert trip(before).closures_avoided == ()
    assert trip(before).foot_m == 0
    assert behind == NoTrip(1, "cut_off_by_closures")


def test_into_a_closure_the_crew_goes_on_foot(roads: GraphRoads) -> None:
    inside = trip(roads.trip_between(start(1, WEST), 108.984, 0.9010, [avenue(7)]))
    # The closure is 44.2 m of Jalan Sudirman; the incident lies in its middle.
    assert inside.foot_m == pytest.approx(22.1, abs=0.1)
    assert inside.foot_time_s == pytest.approx(22.1 / 4 * 3.6, abs=0.1)
    assert inside.closures_entered == (7,)
    assert inside.line[-1] == pytest.approx((108.984, 0.9008), abs=1e-6)
    free = trip(roads.trip_between(start(1, WEST), 108.984, 0.9010, []))
    assert inside.length_m == pytest.approx(free.length_m - 22.1, abs=0.1)
    (cost,) = inside.closures_avoided
    assert cost.cost_s == pytest.approx(inside.arrival_time_s - free.driving_time_s)


def test_a_walk_goes_round_corners_and_to_the_nearer_vehicle(roads: GraphRoads) -> None:
    # A flood over the north-east corner: it is walked into from both sides.
    corner = box(1, 108.983, 0.9012, 108.9845, 0.9025)
    starts = [start(1, (108.984, 0.9002)), start(2, (108.9822, 0.902), "motorcycle")]
    south, west = [trip(one) for one in roads.trips_to(108.9838, 0.902, starts, [corner])]
    # 22 m west of the corner and 88 m down to the edge; 89 m along Jalan Alianyang.
    assert south.foot_m == pytest.approx(22.3 + 88.5, abs=0.5)
    assert west.foot_m == pytest.approx(89.1, abs=0.5)


def test_who_stands_in_a_closure_is_told_so(roads: GraphRoads) -> None:
    away = roads.trip_between(start(1, (108.984, 0.9010)), *WEST, [avenue()])
    assert away == NoTrip(1, "inside_closure")


def test_a_lifted_or_changed_closure_counts_at_once(roads: GraphRoads) -> None:
    one = start(1, WEST)
    assert isinstance(roads.trip_between(one, *EAST, [avenue()]), NoTrip)
    assert isinstance(roads.trip_between(one, *EAST, []), Trip)
    moved = box(1, 108.9818, 0.9008, 108.9822, 0.9012)
    changed = RoadClosure(1, 2, moved.geometry, "closed")
    assert isinstance(roads.trip_between(one, *EAST, [changed]), Trip)
