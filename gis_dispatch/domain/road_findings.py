"""What an import found beside junctions and edges, what it left out and why, what was not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gis_dispatch.domain.land import Land
from gis_dispatch.domain.network import FoundStation, NamedPoint, Network

SKIPPED: Mapping[str, str] = {
    "restriction_incomplete": "turn restrictions without from, via or to",
    "restriction_off_road": "turn restrictions with a member that is no road here",
    "restriction_apart": "turn restrictions whose members do not touch",
    "restriction_idle": "turn restrictions that one-ways impose already",
    "restriction_unknown": "turn restrictions of a kind we do not know",
    "restriction_conditional": "turn restrictions of certain hours or conditions: not honoured",
    "missing_node": "points of roads that are not in the file: the road ends there",
}
"""Why something was left out, and how it is said after its count."""

LACKS: Mapping[str, str] = {
    "turn_restrictions": "turn restrictions (no left turn …)",
    "barriers": "barriers on roads (bollards, gates …)",
}
"""What a source may not have, and how it is said."""


@dataclass(frozen=True, slots=True)
class RoadFindings:
    """Counts of one import.

    `restrictions` are relations that became turn bans and `barriers` points where a road can be
    barred. `skipped` counts by the keys of SKIPPED, `lacks` names keys of LACKS, and `problem` is
    why something is lacking that the source would have had.
    """

    restrictions: int = 0
    barriers: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    problem: str | None = None

    def as_counts(self, network: Network) -> dict[str, Any]:
        """Everything counted, for the record and for programs."""
        return {
            "junctions": network.junction_count,
            "edges": network.edge_count,
            "turn_bans": len(network.turn_bans),
            "restrictions": self.restrictions,
            "barriers": self.barriers,
            "skipped": dict(self.skipped),
            "lacks": list(self.lacks),
            "problem": self.problem,
        }

    def sentences(self, network: Network) -> list[str]:
        """Everything counted, for people."""
        signs = f"{self.restrictions:,} turn restrictions and {self.barriers:,} barriers"
        said = [f"{len(network.turn_bans):,} banned turns, from {signs}"]
        said += [
            f"left out: {number:,} {SKIPPED[reason]}" for reason, number in self.skipped.items()
        ]
        because = f" ({self.problem})" if self.problem else ""
        said += [f"not in this source: {LACKS[what]}{because}" for what in self.lacks]
        return said


@dataclass(frozen=True, slots=True)
class FoundRoads:
    """A network, what is to be said about it, and what the same reading found beside it."""

    network: Network
    findings: RoadFindings
    land: Land = field(default_factory=Land)


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Everything one source told us: the roads, what lies beside them, what was left out."""

    network: Network
    landmarks: tuple[NamedPoint, ...] = ()
    stations: tuple[FoundStation, ...] = ()
    findings: RoadFindings = field(default_factory=RoadFindings)
    land: Land = field(default_factory=Land)

    def as_counts(self) -> dict[str, Any]:
        """Everything counted, for the record and for programs."""
        counts = self.findings.as_counts(self.network)
        return {**counts, "land": dict(self.land.counts), "broken_areas": self.land.broken}

    def sentences(self) -> list[str]:
        """Everything counted, for people."""
        return [*self.findings.sentences(self.network), *self.land.sentences()]
