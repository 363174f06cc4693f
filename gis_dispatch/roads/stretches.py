"""Parts of roads, from metre to metre: one by one, and many at once as columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gis_dispatch.domain.network import FloatArray, IntArray

TOUCH_M = 0.001
"""Parts this near to each other are one; less than this is no part of a road."""


class Stretch(NamedTuple):
    """A part of a road, in metres as it is drawn."""

    road: int
    from_m: float
    to_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Many stretches, a column each for road, beginning and end."""

    road: IntArray
    from_m: FloatArray
    to_m: FloatArray

    def __len__(self) -> int:
        """How many."""
        return len(self.road)

    def __iter__(self) -> Iterator[Stretch]:
        """One after the other."""
        columns = self.road.tolist(), self.from_m.tolist(), self.to_m.tolist()
        return map(Stretch, *columns)

    def __getitem__(self, chosen: "np.ndarray[tuple[int], np.dtype[np.generic]]") -> "Stretches":
        """Those chosen by a mask or by numbers."""
        return Stretches(self.road[chosen], self.from_m[chosen], self.to_m[chosen])

    def merged(self) -> "Stretches":
        """Stretches of one road that touch, as one; roads in order."""
        if len(self) == 0:
            return self
        sorted_ = self[np.lexsort((self.from_m, self.road))]
        new_road = np.diff(sorted_.road, prepend=-1) > 0
        # Every road begins higher than the one before ends: one running maximum serves them all.
        step = float(max(self.to_m.max(), 0.0)) + 1.0
        lift = np.cumsum(new_road) * step
        ends = np.maximum.accumulate(sorted_.to_m + lift)
        gap = np.ones(len(self), dtype=bool)
        gap[1:] = sorted_.from_m[1:] + lift[1:] > ends[:-1] + TOUCH_M
        first = np.nonzero(new_road | gap)[0]
        return Stretches(
            sorted_.road[first], sorted_.from_m[first], np.maximum.reduceat(sorted_.to_m, first)
        )


def stretches(found: Iterable[Stretch]) -> Stretches:
    """Stretches as columns."""
    if isinstance(found, Stretches):
        return found
    rows = [(one.road, one.from_m, one.to_m) for one in found]
    road, from_m, to_m = zip(*rows, strict=True) if rows else ((), (), ())
    return Stretches(
        np.array(road, dtype=np.int32),
        np.array(from_m, dtype=np.float64),
        np.array(to_m, dtype=np.float64),
    )


def joined(parts: Iterable[Stretches]) -> Stretches:
    """Several columns of stretches, one after the other."""
    several = list(parts) or [stretches(())]
    return Stretches(
        np.concatenate([part.road for part in several]),
        np.concatenate([part.from_m for part in several]),
        np.concatenate([part.to_m for part in several]),
    )
