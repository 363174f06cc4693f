"""Isochrones follow the streets: the reached inside, nothing far from them, small blocks filled."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.roads import Isochrone, RoadClosure, Start
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.closed_roads import ClosedRoads
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.isochrones import (
    COVERS_M,
    DECIMALS,
    REACHES_M,
    WIDTH_M,
    NothingToDriveOn,
    isochrones,
)
from gis_dispatch.roads.kernel_snap import metres_per_degree
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.profiles import load_profiles
from gis_dispatch.roads.reaching import reached_within
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.sources import read_network
from gis_dispatch.roads.spreading import spread
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import open_weights
from tests.roads.towns import HEADER, networks, profiles

MIDDLE = np.array([108.98, 0.9])
SCALE = np.array(metres_per_degree(0.9))
SLACK_M = 0.5
"""Of the last decimal, and of measuring on a plane."""
FLOOD = {
    "type": "Polygon",
    "coordinates": [
        [[108.981, 0.899], [108.983, 0.899], [108.983, 0.906], [108.981, 0.906], [108.981, 0.899]]
    ],
}


def vehicle_on(network: Network, profile: Profile) -> Vehicle:
    graph = compile_graph(network, HEADER)
    free = open_weights(graph, profile)
    return Vehicle(graph, profile, free, Searcher(graph), ClosedRoads(graph))


def in_metres(points: object) -> shapely.Geometry:
    return shapely.transform(points, lambda lonlat: (lonlat - MIDDLE) * SCALE)


def area_of(isochrone: Isochrone) -> shapely.Geometry:
    return in_metres(shape(isochrone.geometry))


def streets(vehicle: Vehicle, start: Start, limit_s: float, closures: list[RoadClosure]) -> object:
    """The reached pieces of street, cut one by one."""
    at = vehicle.snapper.snap(start.lon, start.lat)
    assert at is not None
    weights, graph = vehicle.weights(closures), vehicle.graph
    node_s = spread(vehicle.graph, weights, at, limit_s)
    found = reached_within(graph, weights, at, node_s, limit_s).stretches()
    pieces = []
    for road, from_m, to_m in zip(found.road, found.from_m, found.to_m, strict=True):
        points = slice(graph.point_start[road], graph.point_start[road + 1])
        line = np.stack([graph.point_lon[points], graph.point_lat[points]], axis=1)
        length = float(graph.road_length_m[road]) or 1.0
        whole = in_metres(shapely.linestrings(line))
        pieces.append(shapely.ops.substring(whole, from_m / length, to_m / length, normalized=True))
    return shapely.union_all(pieces)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_it_holds_what_is_reached_and_nothing_far_from_it(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    assume((network.length_m > 0).any())
    vehicle = vehicle_on(network, data.draw(profiles()))
    closures = data.draw(st.sampled_from([[], [RoadClosure(1, 1, FLOOD, "closed")]]))
    edge = int(np.argmax(network.length_m))
    lon, lat = network.lines[edge][1] if len(network.lines[edge]) > 2 else network.lines[edge][0]
    start = Start(1, float(lon), float(lat), "car", delay_s=data.draw(st.sampled_from([0.0, 45.0])))
    assume(vehicle.snapper.snap(start.lon, start.lat) is not None)
    limits = data.draw(st.permutations([30.0, 60.0, 150.0, 600.0]))
    found = isochrones(vehicle, start, limits, closures)
    assert [one.limit_s for one in found] == limits
    ordered = sorted(found, key=lambda one: one.limit_s)
    before = shapely.MultiPolygon()
    for one in ordered:
        area = area_of(one)
        assert one.geometry["type"] == "MultiPolygon"
        assert shape(one.geometry).is_valid
        assert before.difference(area.buffer(SLACK_M)).is_empty
        before = area
        driven_s = one.limit_s - start.delay_s
        if driven_s < 0:
            assert area.is_empty and one.road_length_m == 0
            continue
        reached = streets(vehicle, start, driven_s, closures)
        assert reached.buffer(COVERS_M - SLACK_M).difference(area).is_empty
        # A block enclosed by streets may be filled: what no street encloses may not.
        near = shapely.union_all(
            [shapely.Polygon(part.exterior) for part in _parts(reached.buffer(REACHES_M))]
        )
        assert area.difference(near.buffer(SLACK_M)).is_empty
        at = vehicle.snapper.snap(start.lon, start.lat)
        node_s = spread(vehicle.graph, vehicle.weights(closures), at, driven_s)
        arrived = np.isfinite(node_s[: vehicle.graph.junction_count])
        junctions = in_metres(shapely.points(network.junction_lon, network.junction_lat))
        inside = shapely.contains(area, junctions)
        assert inside[arrived].all()
        far = shapely.distance(near, junctions) > SLACK_M
        assert not inside[far].any()


def _parts(area: object) -> object:
    return getattr(area, "geoms", [area])


def grid(side_deg: float, count: int, at: np.ndarray = MIDDLE) -> Network:
    """`count` × `count` junctions, two-way streets between neighbours."""
    edges = EdgeList()
    places = {
        (column, row): (float(at[0] + column * side_deg), float(at[1] + row * side_deg))
        for column in range(count)
        for row in range(count)
    }
    for number, place in enumerate(places.values()):
        edges.junction(number, place)
    names = {cell: number for number, cell in enumerate(places)}
    way = 0
    for (column, row), number in names.items():
        for other in ((column + 1, row), (column, row + 1)):
            if other in names:
                line = np.array([places[column, row], places[other]])
                for ends, drawn in (
                    ((number, names[other]), line),
                    ((names[other], number), line[::-1]),
                ):
                    edges.add(ends, way, None, "residential", {}, drawn)
                way += 1
    return edges.network()


@pytest.mark.parametrize(("side_deg", "filled"), [(0.003, True), (0.006, False)])
def test_a_small_block_is_filled_and_a_large_one_stays_open(side_deg: float, filled: bool) -> None:
    """Streets 330 m apart enclose about 5 ha that no street reaches; 660 m apart, 31 ha."""
    vehicle = vehicle_on(grid(side_deg, 2), load_profiles()["car"])
    [one] = isochrones(vehicle, Start(1, *MIDDLE, "car"), [3600.0], [])
    middle = shapely.Point(*(MIDDLE + side_deg / 2))
    assert shape(one.geometry).contains(middle) == filled
    assert len(area_of(one).geoms[0].interiors) == (0 if filled else 1)


def test_a_street_is_drawn_as_wide_as_is_said() -> None:
    vehicle = vehicle_on(grid(0.01, 2), load_profiles()["car"])
    [one] = isochrones(vehicle, Start(1, *MIDDLE, "car"), [3600.0], [])
    halfway_m = 0.005 * SCALE[0]
    area = area_of(one)
    for away_m in (0.0, WIDTH_M - SLACK_M, SLACK_M - WIDTH_M):
        assert area.contains(shapely.Point(halfway_m, away_m))
    for away_m in (WIDTH_M + SLACK_M, -SLACK_M - WIDTH_M):
        assert not area.contains(shapely.Point(halfway_m, away_m))


def test_a_delay_is_time_that_is_not_driven() -> None:
    vehicle = vehicle_on(grid(0.003, 4), load_profiles()["engine"])
    delayed = Start(1, *MIDDLE, "engine", delay_s=60.0)
    prompt = Start(1, *MIDDLE, "engine")
    [late] = isochrones(vehicle, delayed, [140.0], [])
    [soon] = isochrones(vehicle, prompt, [80.0], [])
    assert late.geometry == soon.geometry
    assert late.road_length_m == soon.road_length_m > 0
    [none] = isochrones(vehicle, delayed, [59.0], [])
    assert none == Isochrone(59.0, {"type": "MultiPolygon", "coordinates": []}, 0.0)


def test_streets_driven_both_ways_count_once() -> None:
    network = grid(0.003, 3)
    vehicle = vehicle_on(network, load_profiles()["car"])
    [one] = isochrones(vehicle, Start(1, *MIDDLE, "car"), [3600.0], [])
    assert one.road_length_m == pytest.approx(network.length_m.sum() / 2)


def test_coordinates_have_six_decimals_and_shells_turn_left() -> None:
    vehicle = vehicle_on(grid(0.006, 3), load_profiles()["car"])
    [one] = isochrones(vehicle, Start(1, *MIDDLE, "car"), [90.0], [])
    for polygon in one.geometry["coordinates"]:
        for ring in polygon:
            for lon, lat in ring:
                assert (round(lon, DECIMALS), round(lat, DECIMALS)) == (lon, lat)
        assert shapely.is_ccw(shapely.LinearRing(polygon[0]))
        assert not any(shapely.is_ccw(shapely.LinearRing(hole)) for hole in polygon[1:])


def test_a_closure_ends_it(town_file: Path) -> None:
    """Across Jalan Sudirman, the only way north for a car."""
    vehicle = vehicle_on(read_network(town_file), load_profiles()["car"])
    ring = [
        [108.9835, 0.9008], [108.9845, 0.9008], [108.9845, 0.9012], [108.9835, 0.9012],
        [108.9835, 0.9008],
    ]  # fmt: skip
    closure = RoadClosure(1, 1, {"type": "Polygon", "coordinates": [ring]}, "closed")
    start = Start(1, 108.9805, 0.9, "car")
    north = shapely.Point(108.984, 0.902)
    [free] = isochrones(vehicle, start, [600.0], [])
    [shut] = isochrones(vehicle, start, [600.0], [closure])
    assert shape(free.geometry).contains(north)
    assert not shape(shut.geometry).contains(north)
    assert shut.road_length_m < free.road_length_m


def test_far_from_any_road_nothing_can_be_said(town_file: Path) -> None:
    vehicle = vehicle_on(read_network(town_file), load_profiles()["car"])
    with pytest.raises(NothingToDriveOn):
        isochrones(vehicle, Start(1, 0.0, 0.0, "car"), [600.0], [])
