"""A road closure: a geometry that closes or slows roads for some vehicles, for some time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

EFFECTS = ("closed", "slowed")


@dataclass(frozen=True)
class Closure:
    """One closure as it is stored; `geometry` is GeoJSON."""

    id: int
    geometry: Mapping[str, Any]
    effect: str
    speed_kph: float | None
    depth_cm: float | None
    profiles: tuple[str, ...] | None
    reason: str
    source: str
    starts_at: datetime
    ends_at: datetime | None
    lifted_at: datetime | None
    created_by: int | None
    created_at: datetime
    version: int
    sample: bool

    def active_at(self, moment: datetime) -> bool:
        """Whether it holds at a moment: begun, not lifted, not over."""
        ends = [end for end in (self.ends_at, self.lifted_at) if end is not None]
        return self.starts_at <= moment and all(moment < end for end in ends)
