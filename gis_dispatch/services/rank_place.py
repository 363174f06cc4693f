"""Who is really nearest to a place, by open road, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis_dispatch.domain.candidates import Candidate
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.ports import House, Row
from gis_dispatch.services.find_reach import held_still
from gis_dispatch.services.inputs import choice, known_profiles
from gis_dispatch.services.ranking_documents import (
    FORMAT,
    Document,
    closure_document,
    unit_document,
    written,
)
from gis_dispatch.services.ranking_inputs import read_candidates, read_closures
from gis_dispatch.services.ranking_shape import network_row
from gis_dispatch.services.reckon import Question, reckon

ROUTES = 10
"""How many ways are drawn unless somebody asks for more or fewer."""


@dataclass(frozen=True)
class Reckoning:
    """A ranking together with the documents it was made from."""

    ranking: Row
    inputs: Document
    closures: list[Document]
    profiles: Mapping[str, Mapping[str, Any]]
    units: list[Candidate]


def rank_place(
    house: House,
    actor: Actor,
    lon: float,
    lat: float,
    *,
    profile: str | None = None,
    agency: str | None = None,
    k: int | None = None,
    routes: int = ROUTES,
) -> Row:
    """A ranking for any place; nothing is kept of it."""
    agency = actor.only_agency or agency
    made = work_out(house, asked((lon, lat), agency=agency, profile=profile, k=k, routes=routes))
    return {"recommendation_id": None, **seen_by(actor, made.ranking)}


def seen_by(actor: Actor, ranking: Row) -> Row:
    """A private brigade sees of those left out only its own; the ranked ones are."""
    only = actor.only_agency
    if only is None:
        return ranking
    own = [line for line in ranking["left_out"] if line["unit"]["agency_code"] == only]
    return {**ranking, "left_out": own}


def asked(
    place: tuple[float, float],
    *,
    agency: str | None,
    k: int | None,
    routes: int,
    profile: str | None = None,
    incident: Mapping[str, Any] | None = None,
    plan: list[Document] | None = None,
    capabilities: Mapping[str, Document] | None = None,
    chosen_plan: Document | None = None,
) -> Document:
    """What somebody asks, as the inputs of a ranking have it; `incident` is its row, if any."""
    incident = incident or {}
    return {
        "place": {"lon": place[0] + 0.0, "lat": place[1] + 0.0},
        "incident_number": incident.get("number"),
        "kind": incident.get("kind"),
        "priority": incident.get("priority"),
        "agency": agency,
        "profile": profile,
        "k": k,
        "routes": routes,
        "plan": plan or [],
        "chosen_plan": chosen_plan,
        "capabilities": dict(capabilities or {}),
    }


def work_out(house: House, question: Document) -> Reckoning:
    """Read the units and closures of this moment, write everything down, and reckon with that."""
    check_coordinates(question["place"]["lon"], question["place"]["lat"])
    if question["profile"] is not None:
        choice("profile", question["profile"], known_profiles(house))
    made_at = house.clock.now()
    closures, units = read_closures(house, made_at), read_candidates(house)
    inputs = {
        "format": FORMAT,
        **question,
        "made_at": written(made_at),
        "timezone": house.timezone.key,
        "units": [unit_document(unit) for unit in units],
    }
    # New roads or profiles may come in at any moment; one ranking is of one engine.
    roads = held_still(house.roads)
    status = roads.status()
    inputs |= {
        "engine": status.engine,
        "network_version": status.version,
        "network": network_row(status),
    }
    ranking = reckon(roads, Question(inputs, closures, units))
    kept = [closure_document(closure) for closure in closures]
    return Reckoning(ranking, inputs, kept, roads.profile_facts(), units)
