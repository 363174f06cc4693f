"""Counts the incidents of all years by cells of the map, from what the events tell has changed."""

from gis_dispatch.ports import Store

FINEST, COARSEST = 20, 5


def count_incidents(store: Store) -> int:
    """Bring the cells up to the newest event; how many events were looked through.

    Nothing is counted while an incident is written down: no row would be waited for by all who do.
    """
    with store.transaction() as tx:
        counted = tx.value("lock_incident_counting")
        newest = int(tx.value("newest_event_id"))
        if counted is None:
            tx.run("count_every_incident")
            tx.run("count_finest_cells")
            for level in range(FINEST - 1, COARSEST - 1, -1):
                tx.run("fold_incident_cells", level=level)
        elif newest > counted:
            tx.run("count_changed_incidents", after=counted, until=newest)
        else:
            return 0
        tx.run("keep_incident_counting", last_event_id=newest)
        return newest - int(counted or 0)
