"""The place of an incident becomes better known; what was thought before is kept."""

from gis_dispatch.domain.incident import METHODS, Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import choice, number_in, optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.places import address_of, keep_place, place_of
from gis_dispatch.services.progress import require_not_over


def relocate_incident(
    house: House,
    actor: Actor,
    incident_id: int,
    *,
    lon: float,
    lat: float,
    accuracy_m: float | None = None,
    method: str = "pin",
    address: str | None = None,
) -> Incident:
    """Move an incident."""
    check_coordinates(lon, lat)
    choice("method", method, METHODS)
    number_in("accuracy_m", accuracy_m, 0, 1_000_000)
    address = optional_text("address", address, 500) or address_of(house, lon, lat)
    with house.store.transaction() as tx:
        before = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, before.sample)
        require_not_over(before)
        at = moment_of(house, None, before.created_at)
        moved = tx.incidents.update(
            incident_id, lon=lon, lat=lat, accuracy_m=accuracy_m, method=method, address=address
        )
        keep_place(tx, actor, moved, at)
        tx.events.append(
            actor,
            "incident.relocated",
            at,
            incident_id=incident_id,
            data={**place_of(moved), "from": place_of(before)},
        )
        return moved
