"""Announces closures that begin or end by themselves, so that open rankings change on time."""

from datetime import UTC, datetime, timedelta

from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.ports import Store

LOOK_BACK = timedelta(days=1)
"""How long the worker may have been away and still announce what it missed."""


def announce_closures(store: Store) -> int:
    """Make an event for every closure that began or ended since; how many."""
    now = datetime.now(UTC)
    with store.transaction() as tx:
        due = tx.all("list_closures_to_announce", since=now - LOOK_BACK, now=now)
        for row in due:
            tx.events.append(
                SYSTEM_ACTOR,
                row["kind"],
                row["at"],
                closure_id=row["id"],
                data={"reason": row["reason"], "by_itself": True},
            )
    return len(due)
