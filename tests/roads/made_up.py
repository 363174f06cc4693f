"""A town made up for tests, larger than those that hypothesis draws; always the same."""

from dataclasses import replace

import numpy as np

from gis_dispatch.domain.network import Network, TurnBan
from gis_dispatch.roads.build import EdgeList
from gis_dispatch.roads.profiles import Contraflow, Profiles, load_profiles

BLOCKS = 7
BLOCK_DEG = 0.003
CLASSES = ("primary", "secondary", "residential", "residential", "service", "path")
FLOW = Contraflow(allowed=True, speed_kph=8, never_on=frozenset({"motorway"}))


def vehicles() -> Profiles:
    """Ours; the engine with leave to drive one-ways against."""
    ours = load_profiles()
    ours["engine"] = ours["engine"].model_copy(update={"contraflow": FLOW})
    return Profiles(ours)


def made_up_town() -> Network:
    """Crooked blocks; a third of the streets are one-way, and some are alleys."""
    random = np.random.default_rng(3)
    edges = EdgeList()
    corners: dict[tuple[int, int], tuple[float, float]] = {}
    for x in range(BLOCKS):
        for y in range(BLOCKS):
            crooked = random.normal(0.0, 0.0004, 2)
            lon, lat = 108.98 + x * BLOCK_DEG, 0.9 + y * BLOCK_DEG
            corners[x, y] = lon + float(crooked[0]), lat + float(crooked[1])
            edges.junction((x, y), corners[x, y])
    for (x, y), place in corners.items():
        for way, other in enumerate(((x + 1, y), (x, y + 1))):
            if other not in corners:
                continue
            ends = (
                edges.junction((x, y), place),
                edges.junction(other, corners[other]),
            )
            middle = (np.array(place) + corners[other]) / 2 + random.normal(0.0, 0.0002, 2)
            line = np.array([place, middle, corners[other]])
            kind, number = str(random.choice(CLASSES)), 100 * way + 10 * x + y
            if random.uniform() < 0.5:
                ends, line = ends[::-1], line[::-1]
            edges.add(ends, number, f"Jalan {number}", kind, {}, line)
            if random.uniform() < 0.67:
                edges.add(ends[::-1], number, f"Jalan {number}", kind, {}, line[::-1])
    return with_bans(edges.network(), 100)


def with_bans(network: Network, count: int) -> Network:
    """More turn bans, of two and three edges; some bind only some vehicles."""
    random = np.random.default_rng(7)
    leaving: dict[int, list[int]] = {}
    for edge, start in enumerate(network.from_junction.tolist()):
        leaving.setdefault(start, []).append(edge)
    bans = []
    for first in random.integers(network.edge_count, size=count).tolist():
        edges = [first]
        for _ in range(int(random.integers(1, 3))):
            onward = leaving.get(int(network.to_junction[edges[-1]]), [])
            edges += [int(random.choice(onward))] if onward else []
        if len(edges) > 1:
            rule = {"restriction": "no_left_turn"} if first % 3 else {"barrier": "bollard"}
            bans.append(TurnBan(tuple(edges), rule))
    return replace(network, turn_bans=[*network.turn_bans, *bans])
