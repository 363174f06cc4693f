"""Incidents that a new report may be about, likeliest first."""

from gis_dispatch.domain.duplicates import likeness
from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.ports import House, Row
from gis_dispatch.services.inputs import number_in


def find_nearby(
    house: House, lon: float, lat: float, kind: str | None = None, radius_m: float = 500
) -> list[Row]:
    """Incidents not yet over within a radius, each with how likely it is the same, and why."""
    check_coordinates(lon, lat)
    number_in("radius_m", radius_m, 1, 20_000)
    rows = house.store.reads.all("list_nearby_incidents", lon=lon, lat=lat, radius_m=radius_m)
    found = []
    for row in rows:
        distance_m = row.pop("distance_m")
        alike = likeness(
            distance_m,
            row["age_s"],
            kind,
            row["kind"],
            row["location"]["accuracy_m"] or 0.0,
        )
        found.append(
            {
                "incident": row,
                "distance_m": round(distance_m, 1),
                "score": alike.score,
                "reason_id": alike.reason.id,
                "reason_en": alike.reason.en,
            }
        )
    return sorted(found, key=lambda item: (-item["score"], item["distance_m"]))
