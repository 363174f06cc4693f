"""Ports: what the use cases need of the world, in our words; adapters and doubles fill them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.call import Call
from gis_dispatch.domain.closure import Closure
from gis_dispatch.domain.coverage import Areas, Cover
from gis_dispatch.domain.deliveries import Delivery, Issuer
from gis_dispatch.domain.duty import Unit
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.places import Place
from gis_dispatch.domain.procedure import Step
from gis_dispatch.domain.receivers import Receiver
from gis_dispatch.domain.referral import Referral
from gis_dispatch.domain.roads import (
    Isochrone,
    NoTrip,
    RoadClosure,
    RoadEdge,
    RoadPoint,
    RoadsStatus,
    Start,
    Trip,
)

T_co = TypeVar("T_co", covariant=True)
Row = dict[str, Any]


class Clock(Protocol):
    """What time it is, always with a zone."""

    def now(self) -> datetime: ...


class Roads(Protocol):
    """Travel over the road network. Raises `RoadsNotLoaded` when there is none."""

    def status(self) -> RoadsStatus: ...
    def trips_to(
        self, lon: float, lat: float, starts: Sequence[Start], closures: Sequence[RoadClosure],
        *, drawn: int | None = None, costed: bool = True,
    ) -> Sequence[Trip | NoTrip]:  # fmt: skip
        """In the order of the starts. Only the `drawn` soonest (None: all) have a line and
        streets; soonest counts each start's delay. Unless `costed`, no closure's cost is told.
        """
        ...

    def trip_between(
        self, start: Start, lon: float, lat: float, closures: Sequence[RoadClosure]
    ) -> Trip | NoTrip: ...
    def snap(self, lon: float, lat: float) -> RoadPoint | None: ...
    def edge_at(self, lon: float, lat: float) -> RoadEdge | None:
        """The road nearest to a point, whole."""
        ...

    def times_between(
        self, profile: str, origins: Sequence[tuple[float, float]],
        destinations: Sequence[tuple[float, float]], closures: Sequence[RoadClosure],
    ) -> Sequence[Sequence[float | None]]:  # fmt: skip
        """Seconds, a row per origin and a column per destination; None where there is no way."""
        ...

    def reach(
        self, start: Start, limits_s: Sequence[float], closures: Sequence[RoadClosure]
    ) -> Sequence[Isochrone]:
        """What a start reaches within each limit, its delay counted, in the order of the limits."""
        ...

    def covers(
        self, starts: Sequence[Start], limits_s: Sequence[float], closures: Sequence[RoadClosure],
        areas: Areas, *, drawn: bool = True,
    ) -> Sequence[Cover]:  # fmt: skip
        """What all starts reach together within each limit, their delays counted, in the order of
        the limits; a start that no road is near reaches nothing. Unless `drawn`, without shapes.
        """
        ...

    def profile_facts(self) -> Mapping[str, Mapping[str, Any]]:
        """Every vehicle profile in use, as JSON could hold it, by name."""
        ...

    def as_of(self, version: str, profiles: Mapping[str, Mapping[str, Any]]) -> "Roads":
        """The roads of a kept version with these profiles, to work an old answer out again."""
        ...


class Geocoder(Protocol):
    """Names to places and places to names."""

    def search(
        self, text: str, *, near: tuple[float, float] | None = None, limit: int = 10
    ) -> Sequence[Place]: ...
    def address_at(self, lon: float, lat: float) -> str | None: ...


class Notifier(Protocol):
    """Told after a commit; a lost notification costs a delay, never a record."""

    def crew_called(self, unit_id: int, assignment_id: int) -> None: ...
    def case_queued(self, delivery_id: int) -> None: ...


class Repository(Protocol[T_co]):
    """One kind of record inside a transaction. `lock` holds the row until the end of it."""

    def get(self, id: int, *, lock: bool = False) -> T_co:
        """The record, or its NotFound refusal."""
        ...

    def find(self, id: int, *, lock: bool = False) -> T_co | None: ...
    def list(self, **equal: object) -> Sequence[T_co]:
        """Records whose columns equal these values, by id."""
        ...

    def add(self, **values: object) -> T_co: ...
    def update(self, id: int, **values: object) -> T_co: ...


class Incidents(Repository[Incident], Protocol):
    """Incidents, their numbers and the history of their places."""

    def next_number(self, at: datetime) -> str: ...
    def add_location(self, incident_id: int, **values: object) -> None: ...


class Referrals(Repository[Referral], Protocol):
    """Referrals and their readiness checks."""

    def add_check(self, referral_id: int, **values: object) -> int: ...


class Deliveries(Repository[Delivery], Protocol):
    """The outbox of case documents."""

    def queue(self, incident_id: int, document: Mapping[str, Any], at: datetime) -> Delivery: ...


class Events(Protocol):
    """The append-only record; written last in a transaction, so that ids follow commits."""

    def append(
        self,
        actor: Actor,
        kind: str,
        occurred_at: datetime,
        *,
        call_id: int | None = None,
        incident_id: int | None = None,
        referral_id: int | None = None,
        assignment_id: int | None = None,
        unit_id: int | None = None,
        closure_id: int | None = None,
        agency_code: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None: ...


class Reads(Protocol):
    """Named queries of sql/queries; parameters that are left out are NULL."""

    def one(self, query: str, /, **parameters: object) -> Row:
        """The one row, or a NotFound refusal."""
        ...

    def find(self, query: str, /, **parameters: object) -> Row | None: ...
    def all(self, query: str, /, **parameters: object) -> list[Row]: ...
    def value(self, query: str, /, **parameters: object) -> Any:
        """The first column of the first row, or None."""
        ...

    def columns(self, query: str, /) -> Mapping[str, int]:
        """The columns a query returns, each with its type's number."""
        ...

    def features(self, query: str, /, **given: object) -> list[Row]:
        """Rows of a layer's query, `geometry` as GeoJSON; what it does not take is left out."""
        ...

    def tile(self, query: str, name: str, z: int, x: int, y: int, /, **given: object) -> bytes:
        """One vector tile of a layer's query, its layer called `name`."""
        ...


class Transaction(Reads, Protocol):
    """One unit of work: everything in it is kept, or nothing. Named queries work in it too."""

    @property
    def calls(self) -> Repository[Call]: ...
    @property
    def incidents(self) -> Incidents: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def assignments(self) -> Repository[Assignment]: ...
    @property
    def units(self) -> Repository[Unit]: ...
    @property
    def closures(self) -> Repository[Closure]: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def events(self) -> Events: ...
    def run(self, query: str, /, **parameters: object) -> int:
        """Run a named statement; how many rows it touched."""
        ...


class Store(Protocol):
    """The memory of the house."""

    @property
    def reads(self) -> Reads: ...
    def transaction(self) -> AbstractContextManager[Transaction]: ...


@dataclass(frozen=True)
class House:
    """Everything a use case is given."""

    store: Store
    roads: Roads
    geocoder: Geocoder
    clock: Clock
    notifier: Notifier
    procedure: tuple[Step, ...]
    timezone: ZoneInfo
    """In which people read times in a reason."""
    issuer: Issuer
    """Who vouches for what goes to the data centre."""
    leaves_out_incomplete: bool = False
    """Whether rankings leave out units that lack crew, equipment or fuel; else it is only said."""
    receivers: tuple[Receiver, ...] = ()
    """Who receives case documents, and what of a person each may see."""
    position_days: int = 30
    """How long positions are kept; what is older when it comes in is not taken."""
