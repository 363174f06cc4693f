"""What a console needs to know once: kinds, agencies, names, the map, and who is signed in."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from flask_babel import force_locale
from flask_babel import gettext as translate

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_reference import Reference
from gis_dispatch.consoles.context import current_house, current_settings, current_viewer
from gis_dispatch.consoles.i18n import current_locale
from gis_dispatch.consoles.roles import needs
from gis_dispatch.domain import assignment, call, duty, incident, referral
from gis_dispatch.domain.reasons import Both
from gis_dispatch.domain.roads import RoadsStatus
from gis_dispatch.domain.states import Machine, steps_for
from gis_dispatch.domain.words import status_word
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import House, Row
from gis_dispatch.services.facts_files import read_area
from gis_dispatch.services.facts_places import Area
from gis_dispatch.services.ranking_inputs import capability_names
from gis_dispatch.services.readiness_rules import rules

blueprint = resource("reference", "About")


@blueprint.get("/reference", responses={200: Reference})
@needs("reference.read")
def reference() -> Row:
    """Read every name and code a console shows, where its map opens, and who you are."""
    house, settings, viewer = current_house(), current_settings(), current_viewer()
    reads = house.store.reads
    status = loaded_roads(house)
    return {
        "kinds": reads.all("api_kinds"),
        "agencies": reads.all("api_agencies"),
        "unit_types": reads.all("api_unit_types"),
        "capabilities": _both(capability_names()),
        "skills": _both(rules().skills),
        "profiles": _both(_profile_names(house)) if status else [],
        "dispositions": _named(call.DISPOSITIONS, "call"),
        "channels": list(call.CHANNELS),
        "methods": list(incident.METHODS),
        "outcomes": sorted(incident.OVER),
        "statuses": {
            "incident": _named(_in_order(incident.MACHINE), "incident"),
            "referral": _named(_in_order(referral.MACHINE), "referral"),
            "assignment": _named(_in_order(assignment.MACHINE), "assignment"),
            "duty": _named(duty.DUTIES, "duty"),
        },
        "assignment_steps": {
            status: steps_for(assignment.MACHINE, status, viewer.actor)
            for status in _in_order(assignment.MACHINE)
        },
        "procedure": [
            {
                "number": step.number,
                "label_id": step.label_id,
                "label_en": step.label_en,
                "who": step.who,
            }
            for step in house.procedure
        ],
        "city": {
            "name": settings.city,
            "service_name": settings.service_name,
            "timezone": settings.timezone,
            "locale": current_locale(),
        },
        "map": map_place(read_area(settings.area), status),
        "roads": asdict(status) if status else None,
        "sample": bool(reads.value("api_has_sample")) or bool(status and status.sample),
        "answer_target_s": settings.answer_target_s,
        "total_response_target_s": settings.total_response_target_s,
        "me": {
            "id": viewer.actor.user_id,
            "username": viewer.username,
            "display_name": viewer.display_name,
            "role": viewer.role,
            "agency_code": viewer.actor.agency_code,
            "unit_id": viewer.actor.unit_id,
            "permissions": viewer.permissions,
        },
    }


def loaded_roads(house: House) -> RoadsStatus | None:
    """The road network, if one is loaded."""
    try:
        return house.roads.status()
    except RoadsNotLoaded:
        return None


def map_place(area: Area, roads: RoadsStatus | None) -> Row:
    """The town itself where its roads are loaded; otherwise the middle of the roads there are."""
    lon, lat = area.centre
    if roads is None:
        return {"lon": lon, "lat": lat, "bounds": list(area.bounds)}
    west, south, east, north = roads.bounds
    if not (west <= lon <= east and south <= lat <= north):
        lon, lat = (west + east) / 2, (south + north) / 2
    return {"lon": lon, "lat": lat, "bounds": list(roads.bounds)}


def _in_order(machine: Machine) -> list[str]:
    """Statuses as the work passes through them, then whatever is left."""
    steps = [machine.initial]
    for transition in machine.transitions:
        if transition.to_status not in steps:
            steps.append(transition.to_status)
    return steps


def _named(codes: Iterable[str], machine: str) -> list[Row]:
    codes = list(codes)
    names = {}
    for locale in ("id", "en"):
        with force_locale(locale):
            names[locale] = [translate(status_word(machine, code)) for code in codes]
    return [
        {"code": code, "name_id": name_id, "name_en": name_en}
        for code, name_id, name_en in zip(codes, names["id"], names["en"], strict=True)
    ]


def _profile_names(house: House) -> dict[str, Both]:
    """What the vehicles that roads are judged for are called, as their files say."""
    return {
        code: Both(facts.get("name_id", code), facts.get("name_en", code))
        for code, facts in house.roads.profile_facts().items()
    }


def _both(names: Mapping[str, Both]) -> list[Row]:
    return [{"code": code, "name_id": name.id, "name_en": name.en} for code, name in names.items()]
