"""The agencies that the response plan proposes for an incident."""

from gis_dispatch.domain.plans import choose_plan, items_of, roles_of
from gis_dispatch.ports import House, Row


def propose_agencies(house: House, incident_id: int) -> list[Row]:
    """Leading agencies first, each with what is asked of it; none twice."""
    incident = house.store.reads.one("get_incident", id=incident_id)
    rows = house.store.reads.all("list_plan_items", kind=incident["kind"])
    items = choose_plan(items_of(rows), incident["kind"], incident["priority"])
    there = {agency["code"] for agency in incident["agencies"]}
    proposed = [
        {
            "code": code,
            "name": next(i.name for i in items if i.agency_code == code),
            "short_name": next(i.short_name for i in items if i.agency_code == code),
            "role": role,
            "needs": [
                {"capability": i.capability, "number": i.number}
                for i in items
                if i.agency_code == code
            ],
            "referred": code in there,
        }
        for code, role in roles_of(items).items()
    ]
    return sorted(proposed, key=lambda agency: agency["role"] != "lead")
