"""Stations: add, move, rename, take out of use."""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import StationNotFound
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.admin_refusals import StationHasUnits
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, place, record, text, text_or_none

STATION_KINDS = (
    "fire_station",
    "bpbd_post",
    "hospital",
    "puskesmas",
    "ambulance_post",
    "police_post",
    "utility_depot",
)
CHANGEABLE = ("name", "kind", "agency_code", "lon", "lat", "address", "active")


def add_station(
    house: House,
    actor: Actor,
    *,
    name: str,
    kind: str,
    agency_code: str,
    lon: float,
    lat: float,
    address: str | None = None,
) -> int:
    """A new station's number."""
    with house.store.transaction() as tx:
        return insert_station(
            tx,
            house,
            actor,
            {
                "name": name,
                "kind": kind,
                "agency_code": agency_code,
                "lon": lon,
                "lat": lat,
                "address": address,
            },
        )


def change_station(house: House, actor: Actor, station_id: int, changes: Mapping[str, Any]) -> None:
    """Changes what is given; moving it moves where its units start from."""
    with house.store.transaction() as tx:
        update_station(tx, house, actor, station_id, changes)


def remove_station(house: House, actor: Actor, station_id: int) -> None:
    """Takes a station out of use; refused while units are based there."""
    change_station(house, actor, station_id, {"active": False})


def insert_station(
    tx: Transaction,
    house: House,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    osm_id: str | None = None,
    sample: bool = False,
) -> int:
    """Adds a station inside a transaction, checked."""
    wanted = _checked(tx, {**values, "active": True})
    station_id = int(
        tx.value(
            "add_station",
            name=wanted["name"],
            kind=wanted["kind"],
            agency=wanted["agency_code"],
            lon=values["lon"],
            lat=values["lat"],
            address=wanted["address"],
            osm_id=osm_id,
            sample=sample,
        )
    )
    _record(tx, house, actor, station_id, wanted)
    return station_id


def update_station(
    tx: Transaction, house: House, actor: Actor, station_id: int, changes: Mapping[str, Any]
) -> None:
    """Changes a station inside a transaction, checked."""
    before = tx.find("lock_station", id=station_id)
    if before is None:
        raise StationNotFound(id=station_id)
    wanted = _checked(tx, {**{name: before[name] for name in CHANGEABLE}, **changes})
    if not wanted["active"] and before["unit_count"]:
        raise StationHasUnits(count=before["unit_count"], station=before["name"])
    tx.run("change_station", id=station_id, changes=wanted)
    _record(tx, house, actor, station_id, wanted)


def _checked(tx: Transaction, given: Mapping[str, Any]) -> Row:
    return {
        "name": text(given["name"], "name"),
        "kind": choice("kind", given["kind"], STATION_KINDS),
        "agency_code": agency(tx, given["agency_code"]),
        "point": place(given["lon"], given["lat"]),
        "address": text_or_none(given["address"], "address", most=200),
        "active": bool(given["active"]),
    }


def _record(tx: Transaction, house: House, actor: Actor, station_id: int, wanted: Row) -> None:
    record(
        tx,
        house,
        actor,
        "station.changed",
        agency_code=wanted["agency_code"],
        station_id=station_id,
        name=wanted["name"],
        active=wanted["active"],
    )
