"""What the units that are free now would reach in time, group by group; also if some were gone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.candidates import Candidate, Wanted, kept_back
from gis_dispatch.domain.coverage import Areas, Cover, settled
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.ports import House
from gis_dispatch.services.facts_coverage import CoverageGroup
from gis_dispatch.services.facts_files import read_coverage
from gis_dispatch.services.ranking_documents import fingerprint
from gis_dispatch.services.ranking_inputs import read_candidates, read_closures, start_of


@dataclass(frozen=True)
class Moment:
    """All that coverage is reckoned from, read at one moment."""

    units: tuple[Candidate, ...]
    closures: tuple[RoadClosure, ...]
    areas: Areas
    limits_s: tuple[int, ...]
    """The standard first, then the shorter ones told beside it."""

    def starts(
        self, group: CoverageGroup, without: Collection[int] = (),
        before: Mapping[int, Start] | None = None,
    ) -> list[Start]:  # fmt: skip
        """Where the free units of a group would start, but for some; in the order of their ids.

        Units that hardly moved since `before` are where they were then.
        """
        free = [
            start
            for unit in self.units
            if unit.capabilities & group.capabilities and unit.id not in without
            if kept_back(unit, Wanted()) is None and (start := start_of(unit)) is not None
        ]
        return settled(free, before or {})


def read_moment(house: House, at: datetime, standard_s: int) -> Moment:
    """Units, closures and outlines as they are."""
    outlines = {
        row["code"]: row["geometry"] for row in house.store.reads.all("list_village_outlines")
    }
    shorter = sorted((s for s in read_coverage().limits_s if s < standard_s), reverse=True)
    return Moment(
        tuple(read_candidates(house)),
        tuple(closure.road for closure in read_closures(house, at)),
        Areas(fingerprint(outlines), outlines),
        (standard_s, *shorter),
    )


def find_coverage(
    house: House, moment: Moment, group: CoverageGroup, without: Collection[int] = ()
) -> list[Cover]:
    """How much of every area the free units of a group reach within each limit, without shapes:
    for instance what would be left if the units in `without` were sent.
    """
    starts = moment.starts(group, without)
    return list(
        house.roads.covers(starts, moment.limits_s, moment.closures, moment.areas, drawn=False)
    )
