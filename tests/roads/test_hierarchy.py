"""The hierarchy above the search graph: its order, its edges and what they cost."""

import shutil
from pathlib import Path

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.contracting import contracted
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.fleet import Fleet
from gis_dispatch.roads.graph import Graph, load_graph, save_graph
from gis_dispatch.roads.kernel_unfold import arcs_driven
from gis_dispatch.roads.locality import nearby_first
from gis_dispatch.roads.searching import Searcher
from gis_dispatch.roads.seeds import inward_seeds
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.targets import Target
from gis_dispatch.roads.weights import EDGES, Weights, edge_costs, open_weights
from tests.roads.made_up import made_up_town, vehicles
from tests.roads.test_exact import weights_of
from tests.roads.towns import HEADER, networks, parts, profiles


@settings(deadline=None)  # the first example compiles the kernel
@given(st.data())
def test_any_two_higher_neighbours_are_joined(data: st.DataObject) -> None:
    nodes = data.draw(st.integers(1, 40))
    some = st.integers(0, nodes - 1)
    pairs = data.draw(st.lists(st.tuples(some, some), max_size=80))
    links = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    tail, head = links.T
    found = contracted(nodes, tail, head)
    assert sorted(found.node_rank.tolist()) == list(range(nodes))
    assert found.node_rank[found.rank_node].tolist() == list(range(nodes))
    edges = list(zip(found.up_tail.tolist(), found.up_head.tolist(), strict=True))
    assert edges == sorted(set(edges))
    assert all(low < high for low, high in edges)
    ends = np.sort(found.node_rank[links], axis=1).tolist()
    assert {tuple(pair) for pair in ends if pair[0] != pair[1]} <= set(edges)
    for rank in range(nodes):
        above = found.up_head[found.up_start[rank] : found.up_start[rank + 1]].tolist()
        assert {(a, b) for a in above for b in above if a < b} <= set(edges)
        below = found.down_edge[found.down_start[rank] : found.down_start[rank + 1]]
        assert found.up_tail[below].tolist() == [low for low, high in edges if high == rank]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_closing_a_part_costs_what_closing_it_from_the_beginning_costs(data: st.DataObject) -> None:
    network = nearby_first(data.draw(networks()))
    assume((network.length_m > 0).any())
    graph = compile_graph(network, HEADER)
    closed = weights_of(network, graph, data.draw(profiles()), data.draw(parts(network)))
    anew = edge_costs(graph, vars(closed))
    for name in EDGES:
        assert getattr(closed, name).tobytes() == anew[name].tobytes(), name


def everywhere_s(graph: Graph, weights: Weights, node: int) -> list[float]:
    """Seconds from every node to one, by scipy."""
    pair = weights.out_tail.astype(np.int64) * graph.node_count + weights.out_head
    order = np.lexsort((weights.out_time_s, pair))
    first = order[np.unique(pair[order], return_index=True)[1]]
    ways = weights.out_time_s[first], (weights.out_head[first], weights.out_tail[first])
    matrix = csr_array(ways, shape=(graph.node_count, graph.node_count))
    return np.asarray(dijkstra(matrix, indices=node)).tolist()


def test_every_junction_of_a_town_is_as_far_as_scipy_says() -> None:
    graph = compile_graph(made_up_town(), HEADER)
    assert graph.node_count > 100
    weights = open_weights(graph, vehicles()["car"])
    road = int(np.nonzero(weights.ways)[0][0])
    target = Target(road, float(graph.road_length_m[road]) / 2)
    seeds = inward_seeds(graph, weights, [target], None)
    to_seeds = [
        np.array(everywhere_s(graph, weights, node)) + cost
        for node, cost in zip(seeds.node.tolist(), seeds.cost.tolist(), strict=True)
    ]
    others = np.nonzero(weights.ways)[0][1:].tolist()
    fleet = Fleet(
        graph, [Snapped(other, 1.0, 0.0, 0.0, 0.0) for other in others], [0.0] * len(others)
    )
    sides = fleet.sides(weights)
    by_side = np.min(to_seeds, axis=0)[sides.node] + sides.cost_s
    found = Searcher(graph).arrivals_s(weights, [target], fleet)
    np.testing.assert_allclose(found, by_side.reshape(-1, 2).min(axis=1), rtol=1e-12)


def kept_town(tmp_path: Path) -> tuple[Path, Graph]:
    """The town's compiled graph, mapped from its folder."""
    folder = tmp_path / "graph"
    save_graph(compile_graph(made_up_town(), HEADER), folder)
    graph = load_graph(folder)
    assert graph is not None
    return folder, graph


def test_closures_leave_the_kept_files_alone(tmp_path: Path) -> None:
    folder, graph = kept_town(tmp_path)
    vehicle = Engine(graph, vehicles(), folder).vehicle("car")
    files = {file: file.read_bytes() for file in folder.rglob("*.npy")}
    west, south, east, north = graph.bounds
    middle = [[west, south], [(west + east) / 2, (south + north) / 2]]
    everywhere = {"type": "MultiPoint", "coordinates": [
        [float(lon), float(lat)] for lon, lat in zip(graph.point_lon, graph.point_lat, strict=True)
    ]}  # fmt: skip
    for number, geometry in enumerate(({"type": "LineString", "coordinates": middle}, everywhere)):
        closed = vehicle.weights([RoadClosure(number, 1, geometry, "closed")])
        assert closed is not vehicle.free
        assert (closed.up_s != vehicle.free.up_s).any()
    assert {file: file.read_bytes() for file in folder.rglob("*.npy")} == files


def test_what_is_mapped_no_more_is_copied(tmp_path: Path) -> None:
    folder, graph = kept_town(tmp_path)
    kept = Engine(graph, vehicles(), folder).vehicle("car")
    shutil.rmtree(folder)
    alone = Engine(compile_graph(made_up_town(), HEADER), vehicles()).vehicle("car")
    middle = {
        "type": "Point",
        "coordinates": [float(graph.point_lon[9]), float(graph.point_lat[9])],
    }
    closure = RoadClosure(1, 1, middle, "closed")
    for name in EDGES:
        found = getattr(kept.weights([closure]), name)
        assert found.tobytes() == getattr(alone.weights([closure]), name).tobytes()


def test_labels_belong_to_the_weights_they_were_made_under() -> None:
    graph = compile_graph(made_up_town(), HEADER)
    vehicle = Engine(graph, vehicles()).vehicle("car")
    roads = np.nonzero(vehicle.free.ways)[0].tolist()
    fleet = Fleet(graph, [Snapped(road, 1.0, 0.0, 0.0, 0.0) for road in roads], [0.0] * len(roads))
    closures = [
        RoadClosure(number, 1, {"type": "Point", "coordinates": [
            float(graph.point_lon[at]), float(graph.point_lat[at])
        ]}, "closed")
        for number, at in enumerate((10, 40, 70), 1)
    ]  # fmt: skip
    sets = [vehicle.weights(closures[:count]) for count in range(4)]
    target = [Target(roads[0], 2.0)]
    for weights in [*sets, *sets, *reversed(sets)]:
        expected = np.sort(vehicle.searcher.arrivals_s(weights, target, fleet))[:7]
        assert np.isfinite(expected).all()
        for _ in range(3):
            _, times = vehicle.searcher.soonest(weights, target, fleet, 7)
            np.testing.assert_allclose(times, expected, rtol=1e-12)
    order, times = vehicle.searcher.soonest(sets[0], target, fleet, 0)
    assert len(order) == len(times) == 0


def test_ways_are_added_up_in_whole_numbers() -> None:
    """So that the order in which the hierarchy was made cannot be seen in a length."""
    network = made_up_town()
    graph = compile_graph(network, HEADER)
    weights = open_weights(graph, vehicles()["car"])
    driven = np.isfinite(weights.up_s)
    assert driven.any()
    for edge in np.nonzero(driven)[0][-50:].tolist():
        arcs = arcs_driven(
            np.array([2 * edge + 1], dtype=np.int32),
            graph.up_head, weights.up_by, weights.down_by, weights.out_arc,
        )  # fmt: skip
        lengths = np.rint(graph.road_length_m[arcs >> 1] * 1000)
        assert weights.up_mm[edge] == lengths.sum()


def test_the_order_is_part_of_the_engines_name() -> None:
    graph = compile_graph(made_up_town(), HEADER)
    again = compile_graph(made_up_town(), HEADER)
    assert graph.order == again.order
    engine = Engine(graph, vehicles())
    assert engine.status().engine.endswith(graph.order)
