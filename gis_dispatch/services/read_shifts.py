"""The plan of one agency's day: every unit in every shift, who is on it and which skills lack."""

from datetime import date

from gis_dispatch.domain.crews import Need, gaps
from gis_dispatch.ports import House, Row
from gis_dispatch.services.plan_shifts import spans_of
from gis_dispatch.services.read_readiness import people_of


def read_shifts(house: House, agency: str, day: date) -> Row:
    """Shifts that begin on this day, and for each unit the people within each."""
    reads = house.store.reads
    spans = spans_of(reads, house, agency, day)
    rows = reads.all(
        "list_shifts", agency=agency, since=spans[0].starts_at, until=spans[-1].ends_at
    )
    needs: dict[str, list[Need]] = {}
    for row in reads.all("list_crew_needs"):
        needs.setdefault(row["type_code"], []).append(Need(row["skill"], row["number"]))
    units = reads.all("list_units", agency=agency)
    return {
        "day": day,
        "agency": agency,
        "spans": [{"starts_at": s.starts_at, "ends_at": s.ends_at} for s in spans],
        "units": [
            {
                "id": unit["id"],
                "call_sign": unit["call_sign"],
                "icon": unit["type"]["icon"],
                "station_name": unit["station"] and unit["station"]["name"],
                "needs": [
                    {"skill": n.skill, "number": n.number}
                    for n in needs.get(unit["type"]["code"], [])
                ],
                "shifts": [
                    _cell(
                        [
                            row
                            for row in rows
                            if row["unit_id"] == unit["id"]
                            and row["starts_at"] < span.ends_at
                            and row["ends_at"] > span.starts_at
                        ],
                        needs.get(unit["type"]["code"], []),
                    )
                    for span in spans
                ],
            }
            for unit in units
        ],
    }


def _cell(rows: list[Row], needs: list[Need]) -> Row:
    people = people_of([{**row, "id": row["member_id"]} for row in rows])
    return {
        "people": [
            {
                "id": row["member_id"],
                "name": row["name"],
                "duty_role": row["duty_role"],
                "starts_at": row["starts_at"],
                "ends_at": row["ends_at"],
            }
            for row in rows
        ],
        "short": [{"skill": gap.skill, "number": gap.number} for gap in gaps(needs, people)],
    }
