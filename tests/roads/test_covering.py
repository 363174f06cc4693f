"""Coverage of many starts: what two of them reach, one, or none, against plain Dijkstra."""

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from gis_dispatch.domain.coverage import NONE, ONE, SEVERAL, WHOLE, Areas
from gis_dispatch.domain.network import Network
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.covering import pieces_reached
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.profiles import Profiles, load_profiles
from gis_dispatch.roads.snapping import Snapped
from tests.roads.plain import Spot, plain_times
from tests.roads.test_closing import at
from tests.roads.towns import HEADER, banned, networks, spots

NOWHERE = Areas("none", {})
SURE_S = 0.05
"""Nearer to the limit than this, rounding may decide."""


def engine_on(network: Network) -> Engine:
    return Engine(compile_graph(network, HEADER), Profiles(load_profiles()))


def lonlat(network: Network, spot: Spot) -> tuple[float, float]:
    line = shapely.LineString(network.lines[spot.edge])
    share = spot.along_m / float(network.length_m[spot.edge])
    there = line.interpolate(share, normalized=True)
    return there.x, there.y


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_it_is_the_union_of_what_each_start_reaches_alone(data: st.DataObject) -> None:
    """Every place on every road: reached by as many units as plain Dijkstra says, up to two."""
    network = data.draw(banned(nearby_first(data.draw(networks()))))
    assume((network.length_m > 0).any())
    engine = engine_on(network)
    names = data.draw(st.lists(st.sampled_from(["car", "engine", "motorcycle"]), max_size=5))
    drawn = [data.draw(spots(network)) for _ in names]
    delays = [data.draw(st.sampled_from([0.0, 20.0, 45.0])) for _ in names]
    starts, truly = [], []
    for key, (name, spot, delay_s) in enumerate(zip(names, drawn, delays, strict=True)):
        place = engine.vehicle(name).snapper.snap(*lonlat(network, spot))
        if place is None:
            continue
        starts.append(Start(key, *lonlat(network, spot), name, delay_s=delay_s))
        truly.append(place)
    limit_s = data.draw(st.sampled_from([30.0, 60.0, 90.0, 240.0]))
    fleets = [
        (vehicle, [start for start in starts if start.profile == name])
        for name, vehicle in engine.vehicles.items()
    ]
    pieces, count = pieces_reached(engine.graph, fleets, limit_s, ())
    graph = engine.graph
    assert (pieces.to_m > pieces.from_m).all()
    whole = np.bincount(pieces.road, pieces.to_m - pieces.from_m, minlength=graph.road_count)
    assert whole == pytest.approx(np.asarray(graph.road_length_m))
    for road, from_m, to_m, told in zip(
        pieces.road.tolist(), pieces.from_m.tolist(), pieces.to_m.tolist(), count.tolist(),
        strict=True,
    ):  # fmt: skip
        there = from_m + data.draw(st.sampled_from([0.02, 0.5, 0.98])) * (to_m - from_m)
        times = _plain(engine, network, starts, truly, road, there)
        if not any(abs(time - limit_s) < SURE_S for time in times):
            assert told == min(2, sum(time <= limit_s for time in times))


def _plain(
    engine: Engine, network: Network, starts: list[Start], truly: list[Snapped],
    road: int, along_m: float,
) -> list[float]:  # fmt: skip
    """Seconds of every start to a place, each by a plain search of its own vehicle."""
    end = _spot(engine, network, road, along_m)
    times = {}
    for name in {start.profile for start in starts}:
        here = [n for n, start in enumerate(starts) if start.profile == name]
        begins = [_spot(engine, network, truly[n].road, truly[n].along_m) for n in here]
        driven = plain_times(network, engine.vehicle(name).profile, end, begins, [])
        times |= {n: starts[n].delay_s + t for n, t in zip(here, driven, strict=True)}
    return [times[n] for n in range(len(starts))]


def _spot(engine: Engine, network: Network, road: int, along_m: float) -> Spot:
    """A place on a road of the graph, as an edge of the network it was made from."""
    graph = engine.graph
    points = slice(graph.point_start[road], graph.point_start[road + 1])
    line = np.stack([graph.point_lon[points], graph.point_lat[points]], axis=1)
    for edge in range(network.edge_count):
        ends = int(network.from_junction[edge]), int(network.to_junction[edge])
        if ends == (int(graph.road_from[road]), int(graph.road_to[road])) and np.array_equal(
            network.lines[edge], line
        ):
            return Spot(edge, along_m)
    raise AssertionError("a road of the graph is no edge of the network")


def street(*, length_m: float = 6000, step_m: float = 500) -> Network:
    """One straight two-way street eastward."""
    edges = EdgeList()
    for x in np.arange(0, length_m, step_m).tolist():
        ends = [at(x, 0), at(x + step_m, 0)]
        numbers = edges.junction(x, ends[0]), edges.junction(x + step_m, ends[1])
        for one, line in ((numbers, ends), (numbers[::-1], ends[::-1])):
            edges.add(one, 1, "Jl. Lurus", "primary", {}, np.array(line))
    return edges.network()


def box(west: float, east: float) -> dict[str, object]:
    ring = [at(west, -80), at(east, -80), at(east, 80), at(west, 80), at(west, -80)]
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return engine_on(street())


def speed_of(engine: Engine) -> float:
    """Metres a second of a car on the street."""
    [[time_s]] = engine.times_between("car", [at(0, 0)], [at(1000, 0)], ())
    assert time_s is not None
    return 1000 / time_s


def test_lengths_are_told_by_area_and_for_all(engine: Engine) -> None:
    areas = Areas("halves", {"west": box(-50, 3000), "east": box(3000, 6050), "sea": box(9e3, 1e4)})
    starts = [Start(1, *at(0, 0), "car"), Start(2, *at(0, 0), "car")]
    speed_m_s = speed_of(engine)
    [one] = engine.covers(starts[:1], [2000 / speed_m_s], (), areas)
    assert one.lengths["west"].by_one_share == pytest.approx(2 / 3, abs=0.002)
    assert one.lengths["west"].by_two_m == one.lengths["east"].by_one_m == 0
    assert one.lengths[WHOLE].by_one_m == pytest.approx(2000, abs=2)
    assert one.lengths["sea"].road_m == 0 and one.lengths["sea"].by_one_share == 1.0
    [two] = engine.covers(starts, [2000 / speed_m_s], (), areas, drawn=False)
    assert two.lengths["west"].by_two_m == pytest.approx(one.lengths["west"].by_one_m)
    assert two.shapes == {}
    # Two units, one of which is a minute late: what the other alone reaches is told apart.
    late = [starts[0], Start(2, *at(0, 0), "car", delay_s=1000 / speed_m_s)]
    [apart] = engine.covers(late, [2000 / speed_m_s], (), areas)
    assert apart.lengths[WHOLE].by_one_m == pytest.approx(2000, abs=2)
    assert apart.lengths[WHOLE].by_two_m == pytest.approx(1000, abs=2)


def test_shapes_follow_the_street_and_do_not_overlap(engine: Engine) -> None:
    speed_m_s = speed_of(engine)
    starts = [
        Start(1, *at(0, 0), "car"), Start(2, *at(0, 0), "car", delay_s=1500 / speed_m_s),
    ]  # fmt: skip
    [cover] = engine.covers(starts, [3000 / speed_m_s], (), NOWHERE)
    shapes = {level: shape(dict(one)) for level, one in cover.shapes.items()}
    for level, x in ((SEVERAL, 700), (ONE, 2200), (NONE, 4500)):
        assert [n for n, area in shapes.items() if area.contains(shapely.Point(at(x, 0)))] == [
            level
        ]
        assert [n for n, area in shapes.items() if area.contains(shapely.Point(at(x, 90)))] == []
    for one, other in ((ONE, SEVERAL), (NONE, ONE), (NONE, SEVERAL)):
        assert shapes[one].intersection(shapes[other]).area < 1e-9
    assert all(area.is_valid for area in shapes.values())


def test_a_closure_takes_away_what_lies_behind_it(engine: Engine) -> None:
    starts = [Start(1, *at(100, 0), "car"), Start(2, *at(5900, 0), "car")]
    shut = RoadClosure(1, 1, box(2900, 3100), "closed")
    [free] = engine.covers(starts, [3600.0], (), NOWHERE, drawn=False)
    [cut] = engine.covers(starts, [3600.0], [shut], NOWHERE, drawn=False)
    assert free.lengths[WHOLE].by_two_share == pytest.approx(1.0)
    assert cut.lengths[WHOLE].by_one_m == pytest.approx(6000 - 200, abs=3)
    assert cut.lengths[WHOLE].by_two_m == 0


def test_nobody_covers_nothing(engine: Engine) -> None:
    strange = [Start(1, *at(0, 0), "helicopter"), Start(2, 12.0, 45.0, "car")]
    for starts in ([], strange):
        [cover] = engine.covers(starts, [900.0], (), NOWHERE)
        assert cover.lengths[WHOLE].by_one_m == 0
        assert shape(dict(cover.shapes[NONE])).contains(shapely.Point(at(3000, 0)))
