"""Unit types and closures that name a vehicle profile which is there no more."""

from collections import defaultdict

from gis_dispatch.ports import House, Row
from gis_dispatch.services.inputs import known_profiles


def find_lost_profiles(house: House) -> list[Row]:
    """Each lost profile with the unit types that cannot be driven and the closures that name it.

    A ranking leaves units of such a type out; a closure does not hold for a lost profile.
    """
    known = set(known_profiles(house))
    types: dict[str, list[str]] = defaultdict(list)
    for row in house.store.reads.all("list_unit_types"):
        types[row["profile"]].append(row["code"])
    closures: dict[str, list[int]] = defaultdict(list)
    for row in house.store.reads.all("list_closures_at", moment=house.clock.now()):
        for profile in row["profiles"] or ():
            closures[profile].append(row["id"])
    return [
        {"profile": name, "unit_types": types[name], "closures": closures[name]}
        for name in sorted((types.keys() | closures.keys()) - known)
    ]
