"""The agencies that the response plan proposes for an incident."""

from gis_dispatch.domain.plans import roles_of
from gis_dispatch.ports import House, Row
from gis_dispatch.services.plan_for import plan_for


def propose_agencies(house: House, incident_id: int) -> Row:
    """Leading agencies first, each with what is asked of it, none twice; and by which plan."""
    incident = house.store.reads.one("get_incident", id=incident_id)
    place = incident["location"]
    choice = plan_for(
        house.store.reads, incident["kind"], incident["priority"], place["lon"], place["lat"]
    )
    items = choice.at_alarm(incident["alarm_level"])
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
    return {
        "items": sorted(proposed, key=lambda agency: agency["role"] != "lead"),
        "plan_why_id": choice.why.id,
        "plan_why_en": choice.why.en,
        "alarm_level": incident["alarm_level"],
        "highest_alarm": choice.highest_alarm,
    }
