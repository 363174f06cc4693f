"""The place of an incident: its address, and the history of what it was thought to be."""

from datetime import datetime
from typing import Any

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import Unavailable
from gis_dispatch.ports import House, Transaction


def address_of(house: House, lon: float, lat: float) -> str | None:
    """The address of a place, or None: an incident never waits for a gazetteer."""
    try:
        return house.geocoder.address_at(lon, lat)
    except Unavailable:
        return None


def place_of(incident: Incident) -> dict[str, Any]:
    """The place as an event tells it."""
    return {
        "lon": incident.lon,
        "lat": incident.lat,
        "accuracy_m": incident.accuracy_m,
        "method": incident.method,
        "address": incident.address,
    }


def keep_place(tx: Transaction, actor: Actor, incident: Incident, at: datetime) -> None:
    """Add the incident's present place to the history of its places."""
    tx.incidents.add_location(incident.id, set_by=actor.user_id, set_at=at, **place_of(incident))
