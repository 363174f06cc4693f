"""Random towns, vehicles, places, bans and closures for property tests."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from gis_dispatch.domain.network import Network, NetworkHeader, TurnBan
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.profile import Contraflow, Profile
from gis_dispatch.roads.profiles import load_profiles
from tests.roads.plain import Part, Spot

HEADER = NetworkHeader("test", "test", "test", "test", "test", sample=False, sha256="")
BAN_RULES = (
    {"restriction": "no_left_turn"},
    {"restriction": "no_right_turn", "for": "hgv"},
    {"restriction": "no_u_turn", "except": "motorcar"},
    {"barrier": "bollard"},
)
CLASSES = ("motorway", "primary", "residential", "path", "service")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Up to eight junctions and fourteen roads: loops, parallels, one-ways, roads of no length."""
    count = draw(st.integers(2, 8))
    step = st.integers(0, 5).map(lambda n: n * 0.001)
    places = [(108.98 + draw(step), 0.9 + draw(step)) for _ in range(count)]
    edges = EdgeList()
    # Two roads of no length between the same junctions could not be told apart.
    flats: list[set[int]] = []
    for number, place in enumerate(places):
        edges.junction(number, place)
    for road in range(draw(st.integers(1, 14))):
        start, end = draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))
        # Two bends, so that a loop is not its own reverse.
        bend = [
            (108.98 + draw(step) + 1e-5 * (road + 1), 0.9 + draw(step)),
            (108.98 + draw(step), 0.9 + draw(step) + 1e-5 * (road + 1)),
        ]
        flat = places[start] == places[end] and start != end and {start, end} not in flats
        flat = flat and draw(st.booleans())
        flats += [{start, end}] if flat else []
        line = np.array([places[start], *([] if flat else bend), places[end]])
        kind = draw(st.sampled_from(CLASSES))
        for direction in range(2 if draw(st.booleans()) else 1):
            ends = (start, end) if direction == 0 else (end, start)
            drawn = line if direction == 0 else line[::-1]
            edges.add(ends, road, None, kind, draw(rules()), drawn)
    return edges.network()


def rules() -> st.SearchStrategy[dict[str, object]]:
    """What may be signed on a road."""
    return st.fixed_dictionaries(
        {},
        optional={
            "maxspeed_kph": st.sampled_from([10.0, 30.0, 80.0]),
            "width_m": st.sampled_from([1.2, 2.5, 6.0]),
            "maxheight_m": st.sampled_from([2.2, 4.0]),
            "access": st.sampled_from(["no", "private", "yes"]),
            "motorcycle": st.sampled_from(["no", "yes"]),
            "emergency": st.just("yes"),
            "surface": st.sampled_from(["asphalt", "gravel"]),
        },
    )


def profiles() -> st.SearchStrategy[Profile]:
    """Our vehicles, with and without leave to drive one-ways against."""
    flow = Contraflow(allowed=True, speed_kph=8, never_on=frozenset({"motorway"}))
    ours = list(load_profiles().values())
    return st.sampled_from(ours + [one.model_copy(update={"contraflow": flow}) for one in ours])


def closures(number: int) -> st.SearchStrategy[RoadClosure]:
    """Closed or slowed, by depth or not, for some vehicles or all."""
    return st.builds(
        RoadClosure,
        id=st.just(number),
        version=st.just(1),
        geometry=st.just({"type": "Point", "coordinates": [0.0, 0.0]}),
        effect=st.sampled_from(["closed", "slowed"]),
        speed_kph=st.sampled_from([None, 5.0, 20.0]),
        depth_cm=st.sampled_from([None, 10.0, 40.0, 100.0]),
        profiles=st.sampled_from([None, ("car",), ("engine", "motorcycle")]),
    )


def _share() -> st.SearchStrategy[float]:
    return st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]) | st.floats(0, 1)


@st.composite
def spots(draw: st.DrawFn, network: Network, *, inside: bool = False) -> Spot:
    """Somewhere along a road that has a length; `inside`: not at its very ends."""
    long = [edge for edge in range(network.edge_count) if network.length_m[edge] > 0]
    edge = draw(st.sampled_from(long))
    share = st.floats(0.01, 0.99) if inside else _share()
    return Spot(edge, draw(share) * float(network.length_m[edge]))


@st.composite
def banned(draw: st.DrawFn, network: Network) -> Network:
    """The same network with up to eight bans of two to four edges, some of one vehicle only."""
    after: dict[int, list[int]] = {}
    for edge in range(network.edge_count):
        after.setdefault(int(network.from_junction[edge]), []).append(edge)
    bans = []
    for _ in range(draw(st.integers(1, 8))):
        edges = [draw(st.integers(0, network.edge_count - 1))]
        for _ in range(draw(st.integers(1, 3))):
            following = after.get(int(network.to_junction[edges[-1]]))
            if following:
                edges.append(draw(st.sampled_from(following)))
        if len(edges) > 1:
            bans.append(TurnBan(tuple(edges), draw(st.sampled_from(BAN_RULES))))
    return replace(network, turn_bans=bans)


@st.composite
def parts(draw: st.DrawFn, network: Network) -> list[Part]:
    """Up to five stretches of up to three closures; they may overlap."""
    made = [draw(closures(number)) for number in range(draw(st.integers(0, 3)))]
    found = []
    for _ in range(draw(st.integers(0, 5)) if made else 0):
        edge = draw(st.integers(0, network.edge_count - 1))
        shares = sorted((draw(_share()), draw(_share())))
        low, high = (share * float(network.length_m[edge]) for share in shares)
        found.append(Part(draw(st.sampled_from(made)), edge, low, high))
    return found
