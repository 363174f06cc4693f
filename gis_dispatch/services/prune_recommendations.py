"""Forgets old rankings by which nobody was sent; those behind an assignment stay for ever."""

from datetime import datetime, timedelta

from gis_dispatch.ports import Store

AT_ONCE = 500
"""Rankings forgotten in one transaction, so that nobody waits for them."""


def prune_recommendations(store: Store, now: datetime, days: int) -> int:
    """Remove rankings older than `days` that no assignment refers to; how many."""
    before = now - timedelta(days=days)
    removed = 0
    while True:
        with store.transaction() as tx:
            gone = tx.run("prune_recommendations", before=before, most=AT_ONCE)
        removed += gone
        if gone < AT_ONCE:
            break
    with store.transaction() as tx:
        tx.run("prune_kept_documents", before=before)
    return removed
