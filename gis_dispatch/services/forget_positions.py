"""Keeps the track to its days: makes coming ones ahead, forgets old ones but for assignments."""

from datetime import UTC, date, datetime, timedelta

from gis_dispatch.ports import Store

AHEAD = 3
"""Days for which there is a place already; where the worker was away, a writer makes its own."""


def make_position_days(store: Store, now: datetime) -> None:
    """Make today's table and those of the coming days, where they are missing."""
    today = now.astimezone(UTC).date()
    days = tuple(today + timedelta(days=ahead) for ahead in range(AHEAD + 1))
    with store.transaction() as tx:
        tx.all("make_position_days", days=days)


def forget_positions(store: Store, now: datetime, days: int) -> list[date]:
    """Forget every day that ended `days` ago, each in a transaction of its own; which they were.

    What units did on an assignment is evidence: it is moved to where nothing is forgotten.
    """
    forgotten: list[date] = []
    while True:
        with store.transaction() as tx:
            day = tx.value("forget_position_day", ended_by=now - timedelta(days=days))
        if day is None:
            return forgotten
        forgotten.append(day)
