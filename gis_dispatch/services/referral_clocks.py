"""Reads what agencies owe now, and the chains above them."""

from collections.abc import Mapping
from datetime import datetime

from gis_dispatch.domain.referral_clock import Clock, Level, Raise, next_raise
from gis_dispatch.ports import House, Reads


def read_clocks(
    reads: Reads,
    *,
    agency: str | None = None,
    incident_id: int | None = None,
    referral_id: int | None = None,
    late_at: datetime | None = None,
) -> list[Clock]:
    """Every running clock, or those of one agency, incident or referral; only what is late then."""
    rows = reads.all(
        "list_clocks", agency=agency, incident_id=incident_id, referral_id=referral_id, now=late_at
    )
    return [Clock(**row) for row in rows]


def read_chain(reads: Reads, agency: str) -> tuple[Level, ...]:
    """The chain that counts for an agency."""
    return tuple(Level(**row) for row in reads.all("list_chain", agency=agency))


def planned_raises(house: House) -> Mapping[int, Raise]:
    """What is raised next, by referral, if nobody acts."""
    reads = house.store.reads
    chains: dict[str, tuple[Level, ...]] = {}
    planned = {}
    for clock in read_clocks(reads):
        if clock.agency_code not in chains:
            chains[clock.agency_code] = read_chain(reads, clock.agency_code)
        following = next_raise(clock, chains[clock.agency_code])
        if following is not None:
            planned[clock.referral_id] = following
    return planned
