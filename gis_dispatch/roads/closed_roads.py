"""Remembers which stretches of road a closure touches: worked out once per version of it."""

from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.roads.closing import Stretch, stretches_of
from gis_dispatch.roads.graph import Graph

KEPT = 500


class ClosedRoads:
    """Stretches by closure, on one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[tuple[int, int], dict[int, list[Stretch]]] = {}

    def by_road(self, closure: RoadClosure) -> dict[int, list[Stretch]]:
        """The stretches a closure touches, by road."""
        key = closure.id, closure.version
        known = self._known.get(key)
        if known is None:
            known = {}
            for stretch in stretches_of(self._graph, closure):
                known.setdefault(stretch.road, []).append(stretch)
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = known
        return known

    def stretches(self, closure: RoadClosure) -> list[Stretch]:
        """The stretches a closure touches."""
        return [stretch for found in self.by_road(closure).values() for stretch in found]
