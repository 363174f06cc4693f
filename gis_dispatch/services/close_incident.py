"""The operator closes a case with a report, and its document waits for the data centre."""

from collections.abc import Mapping

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import number_in, required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import move_incident
from gis_dispatch.services.queue_case import queue_case

MOST_CASUALTIES = 1_000_000


def close_incident(
    house: House,
    actor: Actor,
    incident_id: int,
    *,
    outcome: str,
    summary: str,
    casualties: Mapping[str, int] | None = None,
) -> Incident:
    """Close and queue in one transaction: no case is closed without its document."""
    outcome = required_text("outcome", outcome, 200)
    summary = required_text("summary", summary)
    counted = {
        required_text("casualties", name, 100): number
        for name, number in (casualties or {}).items()
        if number_in(f"casualties.{name}", number, 0, MOST_CASUALTIES) is not None
    }
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        at = moment_of(house, None, incident.resolved_at or incident.created_at)
        closed = move_incident(
            tx,
            actor,
            incident,
            "closed",
            at,
            evidence=("closing_report",),
            data={"outcome": outcome, **_before(incident)},
            outcome=outcome,
            summary=summary,
            casualties=counted,
            closed_at=at,
            closed_by=actor.user_id,
        )
        delivery = queue_case(house, tx, actor, closed, at)
    house.notifier.case_queued(delivery.id)
    return closed


def _before(incident: Incident) -> dict[str, str]:
    """The closing before a reopening: should this one be taken back, it counts again."""
    return {"closed_before": incident.closed_at.isoformat()} if incident.closed_at else {}
