"""Another call about an incident that is already known."""

from datetime import datetime

from gis_dispatch.domain import call as calls
from gis_dispatch.domain.call import INCIDENT, Call
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import require
from gis_dispatch.domain.words import word
from gis_dispatch.errors import CallAlreadyClosed, CallAlreadyLinked
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.moments import moment_of


def link_call(house: House, actor: Actor, incident_id: int, call_id: int) -> Call:
    """Count a call to an incident; a duplicate passes it on to the incident it repeats."""
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        # To the end of the chain: a duplicate may have been taken for what was one itself later.
        while incident.duplicate_of is not None:
            incident = tx.incidents.get(incident.duplicate_of, lock=True)
        call = tx.calls.get(call_id, lock=True)
        require_sample(actor, call.sample and incident.sample)
        return attach_call(tx, actor, incident, call, moment_of(house, None, call.last_at))


def attach_call(
    tx: Transaction, actor: Actor, incident: Incident, call: Call, at: datetime
) -> Call:
    """Make a call part of an incident, inside a transaction that holds both."""
    if call.incident_id is not None:
        other = tx.incidents.get(call.incident_id)
        raise CallAlreadyLinked(id=call.id, incident=other.number)
    if call.disposition is not None:
        raise CallAlreadyClosed(id=call.id, disposition=word(call.disposition))
    to_status = calls.LINKS[call.status]
    require(calls.MACHINE, call.status, to_status, actor, ("call_incident",))
    changes: dict[str, object] = {"incident_id": incident.id, "disposition": INCIDENT}
    if call.answered_at is None and call.ended_at is None:
        # Who records what a caller says has answered.
        changes |= {"answered_at": at, "operator_id": actor.user_id}
        tx.events.append(actor, "call.answered", at, call_id=call.id)
    linked = tx.calls.update(call.id, **changes)
    tx.events.append(actor, "call.linked", at, call_id=call.id, incident_id=incident.id)
    return linked
