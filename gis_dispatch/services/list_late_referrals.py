"""Every step that is late, worst first: since when, who was told, who is told next."""

from itertools import groupby

from gis_dispatch.domain.referral_clock import Clock, next_raise
from gis_dispatch.ports import House, Row
from gis_dispatch.services.referral_clocks import read_chain, read_clocks


def list_late_referrals(house: House, agency: str | None = None) -> list[Row]:
    """The more urgent incident first, then what has been late for longer."""
    reads = house.store.reads
    clocks = {
        c.referral_id: c for c in read_clocks(reads, agency=agency, late_at=house.clock.now())
    }
    ids = list(clocks)
    raises = groupby(reads.all("list_raises", referral_ids=ids), lambda row: row["referral_id"])
    told = {referral_id: [_told(row) for row in rows] for referral_id, rows in raises}
    late = [
        {
            **row,
            "step": clocks[row["referral_id"]].step,
            "due_at": clocks[row["referral_id"]].due_at,
            "told": told.get(row["referral_id"], []),
            "next": _next(house, clocks[row["referral_id"]]),
        }
        for row in reads.all("list_late", referral_ids=ids)
    ]
    return sorted(late, key=lambda row: (row["priority"], row["due_at"], row["referral_id"]))


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "referral_id"}


def _next(house: House, clock: Clock) -> Row | None:
    following = next_raise(clock, read_chain(house.store.reads, clock.agency_code))
    if following is None:
        return None
    level = following.level
    return {"level": level.level, "role": level.role, "title": level.title, "at": following.at}
