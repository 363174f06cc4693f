"""Ranks the units for an incident, and keeps what was shown and from what it was made."""

from collections.abc import Iterable

from gis_dispatch.domain.people import DISPATCHER, Actor
from gis_dispatch.domain.plans import PlanItem
from gis_dispatch.ports import House, Row
from gis_dispatch.services.keep_recommendation import keep_recommendation
from gis_dispatch.services.plan_for import plan_for
from gis_dispatch.services.rank_place import ROUTES, asked, seen_by, work_out
from gis_dispatch.services.ranking_documents import Document
from gis_dispatch.services.ranking_inputs import capability_names


def rank_units(
    house: House,
    actor: Actor,
    incident_id: int,
    *,
    agency: str | None = None,
    k: int | None = None,
    routes: int = ROUTES,
) -> Row:
    """The units for an incident; a dispatcher sees those of the own agency in order."""
    if agency is None and actor.role == DISPATCHER:
        agency = actor.agency_code
    agency = actor.only_agency or agency
    incident = house.store.reads.one("get_incident", id=incident_id)
    place = (incident["location"]["lon"], incident["location"]["lat"])
    choice = plan_for(house.store.reads, incident["kind"], incident["priority"], *place)
    level = incident["alarm_level"]
    plan = _lines(choice.at_alarm(level))
    made = work_out(
        house,
        asked(
            place,
            agency=agency,
            k=k,
            routes=routes,
            incident=incident,
            plan=plan,
            capabilities=_names(plan),
            chosen_plan={
                "name_id": choice.name.id,
                "name_en": choice.name.en,
                "why_id": choice.why.id,
                "why_en": choice.why.en,
                "alarm_level": level,
                "highest_alarm": choice.highest_alarm,
            },
        ),
    )
    kept = keep_recommendation(house, actor, incident_id, made)
    return {"recommendation_id": kept, **seen_by(actor, made.ranking)}


def _lines(plan: Iterable[PlanItem]) -> list[Document]:
    return [
        {
            "agency_code": item.agency_code,
            "agency_name": item.short_name,
            "capability": item.capability,
            "number": item.number,
        }
        for item in plan
        if item.number > 0
    ]


def _names(plan: Iterable[Document]) -> dict[str, Document]:
    """What the plan's capabilities are called, for the sentences about them."""
    wanted, names = {line["capability"] for line in plan}, capability_names()
    return {code: names[code]._asdict() for code in sorted(wanted & names.keys())}
