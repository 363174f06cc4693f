"""The comparison with networkx notices what is wrong: each mutation of a right engine is found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pytest

from gis_dispatch.domain.network import Network, TurnBan
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.roads.build import EdgeList, lengths_m
from gis_dispatch.roads.compile import compile_graph
from gis_dispatch.roads.engine import Engine
from gis_dispatch.roads.profile import Profile
from gis_dispatch.roads.profiles import Barriers, Profiles
from gis_dispatch.roads.snapping import Snapped, Snapper
from gis_dispatch.roads.stretches import Stretches
from gis_dispatch.roads.vehicle import Vehicle
from gis_dispatch.roads.weights import edge_costs
from tests.roads.by_networkx import Town
from tests.roads.disagreeing import LonLat, Somewhere, Unit, disagreements
from tests.roads.made_up import made_up_town, vehicles
from tests.roads.same_roads import Place, Roads
from tests.roads.towns import HEADER

PROFILES = ("car", "engine", "motorcycle")
INCIDENTS, UNITS = 40, 10


@dataclass(eq=False)
class Case:
    """Questions about a town, and the right answers to them."""

    network: Network
    profile: str = "car"
    closures: Sequence[RoadClosure] = ()

    @cached_property
    def roads(self) -> Roads:
        return Roads(self.network)

    def engine(self, network: Network | None = None, profiles: Profiles | None = None) -> Engine:
        """A right engine, or one of other roads or vehicles."""
        return Engine(compile_graph(network or self.network, HEADER), profiles or vehicles())

    @cached_property
    def questions(self) -> tuple[list[tuple[LonLat, Place]], list[Unit]]:
        somewhere = Somewhere(self.engine(), self.roads, self.profile, np.random.default_rng(1))
        return [somewhere.place() for _ in range(INCIDENTS)], somewhere.units(UNITS)

    def found(self, engine: Engine) -> list[str]:
        """What the comparison says of an engine."""
        incidents, units = self.questions
        town = Town(self.roads, vehicles()[self.profile], self.closures)
        return [
            line
            for point, end in incidents
            for line in disagreements(engine, town, point, end, units, self.closures)
        ]

    def arcs_driven(self, engine: Engine) -> list[list[int]]:
        """The whole arcs of every way, at least two on each."""
        incidents, units = self.questions
        vehicle = engine.vehicle(self.profile)
        fleet = vehicle.fleet([start for start, _ in units])
        ways = []
        for point, _ in incidents:
            end = vehicle.snapper.snap(*point)
            assert end is not None
            weights = vehicle.weights(self.closures)
            outcome = vehicle.searcher.run(weights, vehicle.targets(weights, end), fleet)
            ways += [outcome.arcs_of(unit).tolist() for unit in outcome.order.tolist()]
        return [way for way in ways if len(way) > 1]


@pytest.fixture
def case() -> Case:
    return Case(made_up_town())


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_is_found_where_nothing_is_wrong(profile: str) -> None:
    case = Case(made_up_town(), profile)
    assert case.found(case.engine()) == []
    assert len(case.arcs_driven(case.engine())) > 100


@pytest.mark.parametrize("profile", PROFILES)
def test_nothing_is_found_under_closures_that_are_heeded(profile: str) -> None:
    case = Case(made_up_town(), profile)
    drawn = Somewhere(case.engine(), case.roads, profile, np.random.default_rng(2)).closures(6)
    case = Case(case.network, profile, drawn)
    assert case.found(case.engine()) == []


@pytest.mark.parametrize("factor", [0.99, 1.01, float("inf")])
@pytest.mark.parametrize("which", range(0, 100, 20))
def test_one_links_time_is_missed(case: Case, which: int, factor: float) -> None:
    engine = case.engine()
    way = case.arcs_driven(engine)[which]
    vehicle = engine.vehicle("car")
    free = vehicle.free
    time_s = np.array(free.out_time_s)
    arc = way[len(way) // 2]
    links = free.link_at[free.at_start[arc] : free.at_start[arc + 1]]
    assert len(links) > 0
    time_s[links] *= factor
    edges = edge_costs(engine.graph, vars(free) | {"out_time_s": time_s})
    vehicle.free = replace(free, out_time_s=time_s, **edges)
    assert case.found(engine) != []


@pytest.mark.parametrize("which", range(0, 100, 20))
def test_a_ban_dropped_is_missed(case: Case, which: int) -> None:
    engine = case.engine()
    edges = [edge_of(case, engine, arc) for arc in case.arcs_driven(engine)[which][:2]]
    sign = TurnBan(tuple(edges), {"restriction": "no_right_turn"})
    signed = Case(replace(case.network, turn_bans=[*case.network.turn_bans, sign]))
    assert signed.found(signed.engine()) == []
    assert signed.found(engine) != []


def edge_of(case: Case, engine: Engine, arc: int) -> int:
    """The edge that an arc of the engine is."""
    place = case.roads.place(engine.graph, Snapped(arc >> 1, 0.0, 0.0, 0.0, 0.0))
    assert place is not None
    turned = place.along_m > 0.0
    return case.roads.all[place.road].edges[(arc & 1) ^ turned]


@pytest.mark.parametrize("which", range(0, 100, 20))
def test_a_stretch_dropped_is_missed(case: Case, which: int) -> None:
    engine = case.engine()
    way = case.arcs_driven(engine)[which]
    road = way[len(way) // 2] >> 1
    middle = engine.graph.point_start[road] + 1
    lon, lat = float(engine.graph.point_lon[middle]), float(engine.graph.point_lat[middle])
    ring = [[lon + x, lat + y] for x, y in ((-2e-4, -2e-4), (2e-4, -2e-4), (0, 2e-4))]
    drawn = RoadClosure(1, 1, {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}, "closed")
    flooded = Case(case.network, closures=[drawn])
    assert flooded.found(engine) == []
    missing = case.engine()
    whole = missing.closed.stretches(drawn)
    assert road in whole.road
    missing.closed._known[1, 1] = Stretches(*(
        column[whole.road != road] for column in (whole.road, whole.from_m, whole.to_m)
    ))  # fmt: skip
    assert flooded.found(missing) != []


def profile_with(change: Callable[[Profile], dict[str, Any]]) -> Callable[[Case], Engine]:
    def mutated(case: Case) -> Engine:
        ours = dict(vehicles())
        ours["car"] = ours["car"].model_copy(update=change(ours["car"]))
        return case.engine(profiles=Profiles(ours))

    return mutated


def turned_round(case: Case) -> Engine:
    """As if the search ran from the incident to the units."""
    network = case.network
    return case.engine(replace(
        network, from_junction=network.to_junction, to_junction=network.from_junction,
        lines=[line[::-1] for line in network.lines],
        turn_bans=[TurnBan(ban.edges[::-1], ban.rule) for ban in network.turn_bans],
    ))  # fmt: skip


def no_bans(case: Case) -> Engine:
    return case.engine(replace(case.network, turn_bans=[]))


def to_junctions(case: Case) -> Engine:
    """As if everything stood at the nearer end of its road."""
    engine = case.engine()
    for vehicle in engine.vehicles.values():
        vehicle.snapper = AtJunctions(vehicle)
    return engine


class AtJunctions(Snapper):
    def __init__(self, vehicle: Vehicle) -> None:
        super().__init__(vehicle.graph, vehicle.free.ways, vehicle.profile.max_gap_m)
        self._length_m = vehicle.graph.road_length_m

    def snap(self, lon: float, lat: float, heading_deg: float | None = None) -> Snapped | None:
        found = super().snap(lon, lat, heading_deg)
        if found is None:
            return None
        length_m = float(self._length_m[found.road])
        return replace(found, along_m=0.0 if found.along_m < length_m / 2 else length_m)


MUTATIONS: dict[str, Callable[[Case], Engine]] = {
    "searched the wrong way round": turned_round,
    "no turn bans": no_bans,
    "snapped to junctions": to_junctions,
    "one-ways driven against": profile_with(
        lambda car: {"contraflow": car.contraflow.model_copy(update={"allowed": True})}
    ),
    "one class too fast": profile_with(
        lambda car: {"speeds_kph": {**car.speeds_kph, "residential": 31.0}}
    ),
    "barriers ignored": profile_with(
        lambda car: {
            "barriers": Barriers(stopped_by=frozenset(), width_needed_at=frozenset()),
        }
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_is_wrong_everywhere_is_missed(case: Case, name: str) -> None:
    assert case.found(MUTATIONS[name](case)) != []


WRONG_CLOSING: dict[str, Callable[[Case], Engine]] = {
    "water too shallow": profile_with(lambda car: {"fording_depth_cm": 50.0}),
    "water driven too fast": profile_with(
        lambda car: {"fording_speed_kph": car.fording_speed_kph + 1}
    ),
    "walked too fast": profile_with(lambda car: {"foot_speed_kph": car.foot_speed_kph + 1}),
}


@pytest.mark.parametrize("name", WRONG_CLOSING)
def test_what_is_wrong_about_closures_is_missed(case: Case, name: str) -> None:
    ring = [[108.984, 0.904], [108.99, 0.904], [108.99, 0.91], [108.984, 0.91], [108.984, 0.904]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    depth_cm = 20.0 if name == "water driven too fast" else 40.0
    case.closures = [RoadClosure(1, 1, shape, "closed", depth_cm=depth_cm)]
    assert case.found(case.engine()) == []
    assert case.found(WRONG_CLOSING[name](case)) != []


def carriageways() -> Network:
    """A kilometre of road in two carriageways 11 m apart, joined at both ends."""
    edges = EdgeList()
    west, east = (108.98, 0.9), (108.99, 0.9)
    ends = edges.junction("w", west), edges.junction("e", east)
    eastward = np.array([west, (108.98, 0.89995), (108.99, 0.89995), east])
    westward = np.array([east, (108.99, 0.90005), (108.98, 0.90005), west])
    edges.add(ends, 1, "Jalan Ahmad Yani", "primary", {}, eastward)
    edges.add(ends[::-1], 2, "Jalan Ahmad Yani", "primary", {}, westward)
    return edges.network()


class NoHeading(Snapper):
    def snap(self, lon: float, lat: float, heading_deg: float | None = None) -> Snapped | None:
        return super().snap(lon, lat)


def on_carriageway(road: int, lon: float) -> Place:
    """Beside this longitude on its second piece, which runs straight east or west."""
    line = Roads(carriageways()).all[road].line
    lead_in_m, straight_m, _ = (float(lengths_m([line[at : at + 2]])[0]) for at in range(3))
    share = (lon - line[1, 0]) / (line[2, 0] - line[1, 0])
    return Place(road, lead_in_m + share * straight_m)


def test_a_heading_not_heeded_is_missed() -> None:
    case = Case(carriageways())
    engine = case.engine()
    town = Town(case.roads, vehicles()["car"])
    # Each is nearer to the other carriageway, and goes the way of its own.
    units = [
        (Start(0, 108.984, 0.90001, "car", heading_deg=90.0), on_carriageway(0, 108.984)),
        (Start(1, 108.986, 0.89999, "car", heading_deg=270.0), on_carriageway(1, 108.986)),
    ]
    asked = town, (108.985, 0.8999), on_carriageway(0, 108.985), units
    assert disagreements(engine, *asked) == []
    vehicle = engine.vehicle("car")
    vehicle.snapper = NoHeading(engine.graph, vehicle.free.ways, vehicle.profile.max_gap_m)
    assert len(disagreements(engine, *asked)) >= len(units)
