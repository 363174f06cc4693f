"""Ranks the units for an incident, and keeps what was shown and from what it was made."""

import hashlib
import json
from typing import Any

from gis_dispatch.domain.candidates import Wanted
from gis_dispatch.domain.people import DISPATCHER, Actor
from gis_dispatch.domain.plans import PlanItem, capabilities_of, choose_plan, items_of
from gis_dispatch.ports import House, Row
from gis_dispatch.services.rank_place import Reckoning, reckon
from gis_dispatch.services.ranking_inputs import capability_names
from gis_dispatch.services.ranking_shape import origin_row, remembered


def rank_units(
    house: House,
    actor: Actor,
    incident_id: int,
    *,
    agency: str | None = None,
    k: int | None = None,
) -> Row:
    """The units for an incident; a dispatcher sees those of the own agency in order."""
    if agency is None and actor.role == DISPATCHER:
        agency = actor.agency_code
    incident = house.store.reads.one("get_incident", id=incident_id)
    rows = house.store.reads.all("list_plan_items", kind=incident["kind"])
    plan = choose_plan(items_of(rows), incident["kind"], incident["priority"])
    wanted = Wanted(agency=agency, capabilities=_asked(plan), names=capability_names())
    place = (incident["location"]["lon"], incident["location"]["lat"])
    made = reckon(house, place, wanted, k)
    inputs = _inputs(made, incident, agency, k)
    kept = json.loads(json.dumps(remembered(made.ranking), default=_iso))
    order = [line["unit"]["id"] for line in kept["ranked"]]
    with house.store.transaction() as tx:
        last = tx.find("find_last_recommendation", incident_id=incident_id, agency=agency)
        recommendation_id = tx.recommendations.add(
            incident_id=incident_id,
            made_at=made.made_at,
            made_by=actor.user_id,
            inputs=inputs,
            result=kept,
            sha256=fingerprint({"inputs": inputs, "result": kept}),
        )
        # A desk asks again and again; only another order is news.
        if last is None or last["ranked_ids"] != order:
            tx.events.append(
                actor,
                "ranking.made",
                made.made_at,
                incident_id=incident_id,
                agency_code=agency,
                data={
                    "recommendation_id": recommendation_id,
                    "first": kept["ranked"][0]["unit"]["call_sign"] if order else None,
                },
            )
    return {**made.ranking, "recommendation_id": recommendation_id}


def fingerprint(document: dict[str, Any]) -> str:
    """The SHA-256 of a document written in the one canonical way."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _asked(plan: list[PlanItem]) -> dict[str, frozenset[str]]:
    """What each agency's units must be able to do; an agency asked for "any unit" sends any."""
    any_unit = {item.agency_code for item in plan if item.capability is None and item.number > 0}
    return {
        item.agency_code: capabilities_of(plan, item.agency_code)
        for item in plan
        if item.agency_code not in any_unit
    }


def _inputs(made: Reckoning, incident: Row, agency: str | None, k: int | None) -> dict[str, Any]:
    """All that decided the order, so that it can be worked out again."""
    inputs = {
        "place": {"lon": incident["location"]["lon"], "lat": incident["location"]["lat"]},
        "kind": incident["kind"],
        "priority": incident["priority"],
        "agency": agency,
        "k": k,
        "network_version": made.ranking["network"]["version"],
        "closures": [
            {"id": c.road.id, "version": c.road.version, "effect": c.road.effect}
            for c in made.closures
        ],
        "units": [
            {
                "id": unit.id,
                "profile": unit.profile,
                "turnout_s": unit.turnout_s,
                "duty": unit.duty,
                "busy_incident": unit.busy_incident,
                "from": origin_row(unit.origin) if unit.origin else None,
            }
            for unit in made.units
        ],
    }
    written: dict[str, Any] = json.loads(json.dumps(inputs, default=_iso))
    return written


def _iso(value: Any) -> str:
    return str(value.isoformat())
