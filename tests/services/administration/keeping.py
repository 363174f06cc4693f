"""Makes stations and units as an administrator would, and reads what was recorded."""

from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.manage_stations import add_station
from gis_dispatch.services.manage_units import add_unit


def station_of(house: House, admin: Actor, **other: Any) -> int:
    values = {
        "name": "Pos 1",
        "kind": "fire_station",
        "agency_code": "damkar",
        "lon": 109.0,
        "lat": 0.9,
    }
    return add_station(house, admin, **{**values, **other})


def unit_of(house: House, admin: Actor, **other: Any) -> int:
    values = {"call_sign": "Damkar 01", "agency_code": "damkar", "type_code": "pemadam"}
    return add_unit(house, admin, {**values, **other})


def kinds_of_events(house: House) -> list[str]:
    with house.store.transaction() as tx:
        return [
            row["kind"]
            for row in tx.all(
                "list_events_for_viewer", after=0, sees_all=True, sees_accounts=True, most=99
            )
        ]


# --- users -------------------------------------------------------------------------------------
