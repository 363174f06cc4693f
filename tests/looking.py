"""What a test looks at afterwards: the record of events, as somebody who may see everything."""

from typing import Any

from gis_dispatch.ports import Store


def events_of(store: Store, after: int = 0, most: int = 1000) -> list[dict[str, Any]]:
    """Every event after one, in order."""
    return store.reads.all(
        "list_events_for_viewer", after=after, sees_all=True, sees_accounts=True, most=most
    )
