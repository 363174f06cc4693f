"""A receiver pulls case documents: in order, from where it was, the same bytes each time."""

from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.receivers import receiver_of, reduced
from gis_dispatch.ports import House, Row

MOST = 500


def pull_cases(house: House, actor: Actor, after: int, most: int) -> Row:
    """Documents after a cursor as this receiver may see them, and the cursor to go on from."""
    receiver = receiver_of(house.receivers, actor.name)
    rows = house.store.reads.all("list_cases_after", after=after, most=most + 1)
    cases: list[dict[str, Any]] = [
        {"cursor": row["id"], "document": reduced(row["document"], receiver.may_see)}
        for row in rows[:most]
    ]
    return {
        "items": cases,
        "next": cases[-1]["cursor"] if cases else after,
        "more": len(rows) > most,
    }
