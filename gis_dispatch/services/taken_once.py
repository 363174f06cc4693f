"""A phone that never heard our answer sends the same again; by its key it is taken once."""

from datetime import datetime, timedelta
from uuid import UUID

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Store, Transaction

KEPT = timedelta(days=90)


def first_time(house: House, tx: Transaction, actor: Actor, key: UUID | None, kind: str) -> bool:
    """Whether a report with this key is new; noted in the transaction that takes it.

    Who sends the same key meanwhile waits for the end of that transaction.
    """
    if key is None:
        return True
    noted = tx.run(
        "keep_report_key", key=str(key), kind=kind, by=actor.user_id, at=house.clock.now()
    )
    return noted == 1


def by_key(key: UUID | None) -> dict[str, str]:
    """What the event says of it, so that the phone that sent it knows it for its own."""
    return {} if key is None else {"report": str(key)}


def forget_keys(store: Store, now: datetime) -> int:
    """Forget the keys that no phone can still be holding; how many."""
    with store.transaction() as tx:
        return tx.run("forget_report_keys", before=now - KEPT)
