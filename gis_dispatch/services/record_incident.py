"""The operator records what is happening, and where."""

from gis_dispatch.domain.call import Call
from gis_dispatch.domain.incident import METHODS, Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.domain.triage import default_priority
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import choice, kind_of, number_in, optional_text, priority_of
from gis_dispatch.services.link_call import attach_call
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.places import address_of, keep_place, place_of
from gis_dispatch.services.progress import move_incident


def record_incident(
    house: House,
    actor: Actor,
    *,
    call_id: int | None = None,
    kind: str,
    priority: int | None = None,
    description: str | None = "",
    needs: str | None = None,
    lon: float,
    lat: float,
    accuracy_m: float | None = None,
    method: str = "pin",
    address: str | None = None,
    caller_name: str | None = None,
    caller_number: str | None = None,
    verified: bool = False,
    sample: bool = False,
) -> Incident:
    """A new incident, with its call where there is one; verified in the same act if it is."""
    require_sample(actor, sample)
    check_coordinates(lon, lat)
    choice("method", method, METHODS)
    number_in("accuracy_m", accuracy_m, 0, 1_000_000)
    address = optional_text("address", address, 500) or address_of(house, lon, lat)
    with house.store.transaction() as tx:
        known_kind = kind_of(tx, kind)
        call: Call | None = None
        if call_id is not None:
            call = tx.calls.get(call_id, lock=True)
            sample = sample or call.sample
        at = moment_of(house, None, call.last_at if call else None)
        incident = tx.incidents.add(
            number=tx.incidents.next_number(at),
            kind_code=kind,
            priority=priority_of(
                default_priority(known_kind["default_priority"]) if priority is None else priority
            ),
            status="received",
            description=optional_text("description", description) or "",
            needs=optional_text("needs", needs),
            caller_name=optional_text("caller_name", caller_name, 200)
            or (call.caller_name if call else None),
            caller_number=optional_text("caller_number", caller_number, 40)
            or (call.caller_number if call else None),
            received_at=call.received_at if call else at,
            lon=lon,
            lat=lat,
            accuracy_m=accuracy_m,
            method=method,
            address=address,
            created_by=actor.user_id,
            created_at=at,
            sample=sample,
        )
        keep_place(tx, actor, incident, at)
        tx.events.append(
            actor,
            "incident.received",
            at,
            incident_id=incident.id,
            call_id=call.id if call else None,
            data={"kind": kind, "priority": incident.priority, **place_of(incident)},
        )
        if call is not None:
            attach_call(tx, actor, incident, call, at)
        if verified:
            incident = move_incident(
                tx,
                actor,
                incident,
                "verified",
                at,
                evidence=("place",),
                verified_at=at,
                verified_by=actor.user_id,
            )
        return incident
