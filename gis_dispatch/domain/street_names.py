"""Street names for the gazetteer: one point for each connected run of roads of one name."""

from collections import defaultdict
from collections.abc import Iterator

from gis_dispatch.domain.network import NamedPoint, Network


def street_points(network: Network) -> Iterator[NamedPoint]:
    """The middle of the middle edge of every connected street; two streets far apart are two."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for edge, name in enumerate(network.name):
        if name:
            by_name[name].append(edge)
    for name, edges in by_name.items():
        for group in _connected(network, edges):
            middle = network.lines[group[len(group) // 2]]
            lon, lat = middle[len(middle) // 2]
            yield NamedPoint(name, "street", float(lon), float(lat))


def _connected(network: Network, edges: list[int]) -> list[list[int]]:
    """Edges that meet at junctions, grouped (union by the junctions they share)."""
    parent: dict[int, int] = {}

    def root(junction: int) -> int:
        while parent.setdefault(junction, junction) != junction:
            parent[junction] = parent[parent[junction]]
            junction = parent[junction]
        return junction

    for edge in edges:
        parent[root(int(network.from_junction[edge]))] = root(int(network.to_junction[edge]))
    groups: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        groups[root(int(network.from_junction[edge]))].append(edge)
    return list(groups.values())
