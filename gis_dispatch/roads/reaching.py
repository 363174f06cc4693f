"""Which parts of which roads are reached within a time, to the metre at which the time ends.

From the seconds at every node of the search: each arc is driven from its tail for what is left of
the time. What closures slow or block is driven piece by piece.
"""

from dataclasses import dataclass

import numpy as np

from gis_dispatch.domain.network import FloatArray
from gis_dispatch.roads.graph import Graph
from gis_dispatch.roads.snapping import Snapped
from gis_dispatch.roads.stretches import Stretches
from gis_dispatch.roads.weights import Weights

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """How far each road is reached within one limit."""

    road_length_m: FloatArray
    from_start_m: FloatArray
    """From a road's beginning onward; 0: not entered there."""
    from_end_m: FloatArray
    own_road: int
    own_spans: list[Span]
    """What is reached of the road the place lies on; it is left out of the arrays above."""

    @property
    def length_m(self) -> float:
        """Of all road that is reached; what is driven both ways counts once."""
        both = np.minimum(self.from_start_m + self.from_end_m, self.road_length_m)
        return float(both.sum()) + sum(high - low for low, high in self.own_spans)

    def stretches(self, since: "Reached | None" = None) -> Stretches:
        """What is reached, without what already is within the shorter limit of `since`; the
        place's own road is always all there.
        """
        length, begins, ends = self.road_length_m, self.from_start_m, self.from_end_m
        before = since.from_start_m if since else np.zeros(len(length))
        behind = since.from_end_m if since else np.zeros(len(length))
        meets = begins + ends >= length
        whole = np.nonzero(meets & (before + behind < length))[0]
        first = np.nonzero(~meets & (begins > before))[0]
        last = np.nonzero(~meets & (ends > behind))[0]
        own = np.array(self.own_spans).reshape(-1, 2)
        return Stretches(
            np.concatenate([whole, first, last, [self.own_road] * len(own)]).astype(np.int32),
            np.concatenate([before[whole], before[first], length[last] - ends[last], own[:, 0]]),
            np.concatenate(
                [
                    length[whole] - behind[whole],
                    begins[first],
                    length[last] - behind[last],
                    own[:, 1],
                ]
            ),
        )


def reached_within(
    graph: Graph, weights: Weights, at: Snapped, node_s: FloatArray, limit_s: float
) -> Reached:
    """What is reached from a place within a limit; always the place itself.

    `node_s` are the seconds from the place to every node, exact wherever they are no more than the
    limit.
    """
    from_start, from_end = _driven_m(graph, weights, node_s, limit_s)
    length = float(graph.road_length_m[at.road])
    entered = float(from_start[at.road]), float(from_end[at.road])
    own = _own_spans(weights, at, *entered, length, limit_s)
    from_start[at.road] = from_end[at.road] = 0.0
    return Reached(graph.road_length_m, from_start, from_end, at.road, own)


def _driven_m(
    graph: Graph, weights: Weights, node_s: FloatArray, limit_s: float
) -> tuple[FloatArray, FloatArray]:
    """Per road: metres driven on it from its beginning, and from its end; 0: not entered there."""
    begins_s = np.full(2 * graph.road_count, np.inf)
    np.minimum.at(begins_s, weights.out_arc, node_s[weights.out_tail])
    return driven_from(graph, weights, begins_s, limit_s)


def driven_from(
    graph: Graph, weights: Weights, begins_s: FloatArray, limit_s: float
) -> tuple[FloatArray, FloatArray]:
    """Per road: metres driven on it from its beginning, and from its end; 0: not entered there.

    `begins_s` tells for each arc when it is entered; inf: never.
    """
    entered = np.nonzero(begins_s <= limit_s)[0]
    roads = entered >> 1
    left_s = limit_s - begins_s[entered]
    with np.errstate(divide="ignore", invalid="ignore"):
        metres = np.fmin(left_s / weights.pace[entered], graph.road_length_m[roads])
    for index in np.nonzero(weights.piece_row[roads] >= 0)[0].tolist():
        arc = int(entered[index])
        length = float(graph.road_length_m[arc >> 1])
        ends = drive_until(weights, arc, length if arc & 1 else 0.0, length, float(left_s[index]))
        metres[index] = length - ends if arc & 1 else ends
    driven = np.zeros(2 * graph.road_count)
    driven[entered] = metres
    return driven[0::2].copy(), driven[1::2].copy()


def _own_spans(
    weights: Weights, at: Snapped, from_start_m: float, from_end_m: float,
    length_m: float, limit_s: float,
) -> list[Span]:  # fmt: skip
    """What is reached of the road the place lies on: from the place, and from its ends."""
    ahead = drive_until(weights, 2 * at.road, at.along_m, length_m, limit_s)
    back = drive_until(weights, 2 * at.road + 1, at.along_m, length_m, limit_s)
    merged: list[Span] = []
    for low, high in sorted(
        [(back, ahead), (0.0, from_start_m), (length_m - from_end_m, length_m)]
    ):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        elif high > low or (low, high) == (back, ahead):
            merged.append((low, high))
    return merged


def drive_until(
    weights: Weights, arc: int, begin_m: float, length_m: float, time_s: float
) -> float:
    """Metres (as the road is drawn) at which the time ends on an arc, from `begin_m` onward."""
    pace, against = float(weights.pace[arc]), bool(arc & 1)
    end_m = 0.0 if against else length_m
    row = int(weights.piece_row[arc >> 1])
    here = slice(*weights.piece_start[row : row + 2].tolist()) if row >= 0 else slice(0)
    pieces = zip(
        weights.piece_from[here].tolist(), weights.piece_to[here].tolist(),
        weights.piece_pace[here].tolist(), strict=True,
    )  # fmt: skip
    # Seen along the way driven: every distance counts up from where it begins.
    sign = -1.0 if against else 1.0
    slow = sorted(
        (*sorted(((low - begin_m) * sign, (high - begin_m) * sign)), max(pace, slowest))
        for low, high, slowest in pieces
    )
    gone, whole = 0.0, (end_m - begin_m) * sign
    for low, high, slowest in [*slow, (whole, whole, pace)]:
        for until, rate in ((min(low, whole), pace), (min(high, whole), slowest)):
            if until <= gone:
                continue
            if rate * (until - gone) > time_s:
                return begin_m + sign * (gone + time_s / rate)
            time_s -= rate * (until - gone)
            gone = until
    return begin_m + sign * gone
