"""Where units are now, in memory: what is new to a stream, rendered once for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from gis_dispatch.consoles.streaming.frames import frame
from gis_dispatch.consoles.streaming.sight import Sight
from gis_dispatch.ports import Row

MOVING = (
    "unit_id", "lon", "lat", "recorded_at", "received_at", "accuracy_m", "speed_kph", "heading_deg",
)  # fmt: skip
"""What is said of a unit that only moved."""
FIELDS = (
    *MOVING,
    "battery_percent", "source", "call_sign", "agency_code", "icon", "duty", "assignment_status",
    "eta",
)  # fmt: skip
"""What is said of a unit for the first time, and when more has changed than its place."""
AGENCY = FIELDS.index("agency_code")
DECIMALS = {"lon": 6, "lat": 6, "accuracy_m": 1, "speed_kph": 1, "heading_deg": 0}


@dataclass(slots=True)
class Shown:
    """A unit as it is shown, and since which change of the board."""

    values: tuple[Any, ...]
    moved_in: int
    described_in: int


class Positions:
    """The last known positions. Each change of the board has a number; a stream remembers one.

    It gets what is true now of each unit that has changed since, rendered once for all streams that
    are as far: a slow console skips what is no longer true, it never queues.
    """

    def __init__(self) -> None:
        self.version = 0
        self._shown: dict[int, Shown] = {}
        self._told: dict[int, bytes] = {}
        """By the change a stream has seen last: what brings it from there to now."""
        self._lock = Lock()

    def show(self, rows: Sequence[Row], *, whole: bool = False) -> bool:
        """Rows of `position_rows`; whether anything is new. If `whole`, others are gone."""
        with self._lock:
            next_version = self.version + 1
            changed = [row for row in rows if self._take(row, next_version)]
            if whole:
                here = {row["unit_id"] for row in rows}
                self._shown = {id: one for id, one in self._shown.items() if id in here}
            if not changed:
                return False
            self.version = next_version
            self._told.clear()
        return True

    def forget(self, unit_ids: Iterable[int]) -> None:
        """These units are no longer in use."""
        with self._lock:
            for unit_id in unit_ids:
                self._shown.pop(unit_id, None)
            self._told.clear()

    def since(self, version: int, sight: Sight) -> tuple[bytes, int]:
        """(what this viewer may see of all changes after one, the newest change)."""
        newest = self.version
        if newest == version or not sight.positions:
            return b"", newest
        with self._lock:
            newest = self.version
            if sight.own_position_only:
                own = self._shown.get(sight.unit_id) if sight.unit_id else None
                return self._rendered([sight.unit_id] if own else [], version), newest
            if sight.only_agency is not None:
                own_units = [
                    id
                    for id, shown in self._shown.items()
                    if sight.sees_units_of(shown.values[AGENCY])
                ]
                return self._rendered(own_units, version), newest
            if version not in self._told:
                self._told[version] = self._rendered(self._shown, version)
            return self._told[version], newest

    def _take(self, row: Row, version: int) -> bool:
        """Whether this says anything new."""
        values = tuple(_rounded(name, row[name]) for name in FIELDS)
        unit_id: int = row["unit_id"]
        known = self._shown.get(unit_id)
        if known is None:
            self._shown[unit_id] = Shown(values, version, version)
            return True
        if known.values == values:
            return False
        if known.values[len(MOVING) :] != values[len(MOVING) :]:
            known.described_in = version
        known.values, known.moved_in = values, version
        return True

    def _rendered(self, unit_ids: Iterable[Any], version: int) -> bytes:
        """The frames that bring a viewer from one change to now, as far as these units go."""
        whole: list[Sequence[Any]] = []
        moves: list[Sequence[Any]] = []
        for unit_id in unit_ids:
            one = self._shown[unit_id]
            if one.described_in > version:
                whole.append(one.values)
            elif one.moved_in > version:
                moves.append(one.values[: len(MOVING)])
        return b"".join(
            frame("positions", {"fields": fields, "rows": rows})
            for fields, rows in ((FIELDS, whole), (MOVING, moves))
            if rows
        )


def _rounded(name: str, value: Any) -> Any:
    decimals = DECIMALS.get(name)
    return value if decimals is None or value is None else round(value, decimals)
