"""Imports a road network: read whole, then exchanged in one transaction, or not at all."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from gis_dispatch.domain.land import Land
from gis_dispatch.domain.network import NamedPoint, Network, NetworkHeader
from gis_dispatch.domain.network_version import content_hash, version_of
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.domain.street_names import street_points
from gis_dispatch.ports import House, Transaction

Progress = Callable[[float, str], None]
"""Told how far an import is (0 to 1) and, in a sentence, what it is doing."""


class RoadSource(Protocol):
    """Where roads come from: a file, or a place in OpenStreetMap."""

    @property
    def source(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def attribution(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def sample(self) -> bool: ...
    def read(self, progress: Progress) -> Survey:
        """Everything, or a refusal that names what is wrong and where."""
        ...


class RoadNetworks(Protocol):
    """Where networks are kept."""

    def replace(
        self, tx: Transaction, header: NetworkHeader, network: Network,
        names: Iterable[NamedPoint], at: datetime, land: Land,
    ) -> Sequence[str]:  # fmt: skip
        """Exchange the current network; the earlier versions removed, that nobody needs."""
        ...

    def prune(self, tx: Transaction) -> Sequence[str]:
        """Remove the earlier networks that nobody needs; their versions."""
        ...


class RoadEngine(Protocol):
    """What answers from the network, once it is current."""

    def prepare(self, header: NetworkHeader, network: Network) -> None: ...
    def refresh(self, version: str | None = None) -> None: ...


def quietly(_share: float, _sentence: str) -> None:
    """Tell nobody."""


def import_roads(
    house: House,
    actor: Actor,
    source: RoadSource,
    *,
    networks: RoadNetworks,
    engine: RoadEngine,
    progress: Progress = quietly,
) -> Survey:
    """Make a source's roads the current ones; what it surveyed, for what else is to be done."""
    survey = source.read(lambda share, sentence: progress(share * 0.5, sentence))
    network = survey.network
    at = house.clock.now()
    sha256 = content_hash(network)
    header = NetworkHeader(
        version=version_of(
            sha256, at.date(), source.source, source.place, source.licence, str(source.sample)
        ),
        source=source.source,
        place=source.place,
        attribution=source.attribution,
        licence=source.licence,
        sample=source.sample,
        sha256=sha256,
    )
    progress(0.55, f"Compiling {network.edge_count:,} road directions")
    engine.prepare(header, network)
    progress(0.7, "Writing roads, names and what lies beside the roads")
    with house.store.transaction() as tx:
        removed = networks.replace(
            tx, header, network, [*street_points(network), *survey.landmarks], at, survey.land
        )
        tx.events.append(
            actor,
            "roads.imported",
            at,
            data={
                "version": header.version,
                "place": header.place,
                "source": header.source,
                **survey.as_counts(),
                "removed": list(removed),
            },
        )
    progress(0.95, "Opening the roads")
    engine.refresh(header.version)
    progress(1.0, f"{header.place}: {network.junction_count:,} junctions")
    return survey
