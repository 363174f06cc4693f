"""Adds the stations that were found in OpenStreetMap; those known already stay as they are."""

from collections.abc import Iterable

from gis_dispatch.domain.network import FoundStation
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import House
from gis_dispatch.services.manage_stations import insert_station

# Whose station it most likely is; an administrator may say otherwise.
AGENCY_OF = {
    "fire_station": "damkar",
    "bpbd_post": "bpbd",
    "hospital": "psc119",
    "puskesmas": "dinkes",
    "ambulance_post": "psc119",
    "police_post": "polres",
    "utility_depot": "pln",
}


def import_found_stations(
    house: House, actor: Actor, found: Iterable[FoundStation], *, dry_run: bool = False
) -> int:
    """How many were new, or would be. One that was removed or moved by hand is not brought back."""
    added = 0
    with house.store.transaction() as tx:
        known = {row["osm_id"] for row in tx.all("admin_stations")}
        agencies = {row["code"]: row for row in tx.all("list_agencies") if row["active"]}
        for station in found:
            owner = agencies.get(AGENCY_OF[station.kind])
            if station.osm_id in known or owner is None:
                continue
            known.add(station.osm_id)
            added += 1
            if dry_run:
                continue
            street = _street(house, station)
            values = {
                "name": station.name or f"{owner['short_name']} {street or station.osm_id}",
                "kind": station.kind,
                "agency_code": owner["code"],
                "lon": station.lon,
                "lat": station.lat,
                "address": street,
            }
            insert_station(tx, house, actor, values, osm_id=station.osm_id)
    return added


def _street(house: House, station: FoundStation) -> str | None:
    try:
        road = house.roads.snap(station.lon, station.lat)
    except RoadsNotLoaded:
        return None
    return road.street if road else None
