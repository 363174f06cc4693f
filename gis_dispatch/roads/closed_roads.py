"""Remembers which stretches of road a closure touches: worked out once per version of it."""

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.closing import stretches_of
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.stretches import Stretch, Stretches

KEPT = 500

Key = tuple[int, int]


class ClosedRoads:
    """Stretches by closure, on one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[Key, Stretches] = {}
        self._by_road: dict[Key, dict[int, list[Stretch]]] = {}

    def stretches(self, closure: RoadClosure) -> Stretches:
        """The stretches a closure touches."""
        key = closure.id, closure.version
        known = self._known.get(key)
        if known is None:
            known = stretches_of(self._graph, closure)
            if len(self._known) >= KEPT:
                self._known.clear()
                self._by_road.clear()
            self._known[key] = known
        return known

    def by_road(self, closure: RoadClosure) -> dict[int, list[Stretch]]:
        """The stretches a closure touches, by road; sorted only for who asks for reasons."""
        key = closure.id, closure.version
        known = self._by_road.get(key)
        if known is None:
            known = {}
            for stretch in self.stretches(closure):
                known.setdefault(stretch.road, []).append(stretch)
            self._by_road[key] = known
        return known
