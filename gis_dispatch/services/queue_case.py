"""Puts the document of a closed case in the outbox, in the transaction that makes it due."""

from datetime import datetime

from gis_dispatch.domain.deliveries import Delivery
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.build_case_document import build


def queue_case(
    house: House, tx: Transaction, actor: Actor, incident: Incident, at: datetime
) -> Delivery:
    """The next document of the incident's sequence, as the incident is now."""
    document = build(tx, incident.id, house.issuer, house.receivers)
    delivery = tx.deliveries.queue(incident.id, document, at)
    record_queued(tx, actor, delivery, at)
    return delivery


def record_queued(tx: Transaction, actor: Actor, delivery: Delivery, at: datetime) -> None:
    """A document is due: for the first time, or once more."""
    tx.events.append(
        actor,
        "case.queued",
        at,
        incident_id=delivery.incident_id,
        data={"case_id": delivery.document["case_id"], "sequence": delivery.sequence},
    )
