"""Whom else to ask when an agency is not ready: other units, by when they could be there, and
neighbours of the city.
"""

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Row
from gis_dispatch.services.guards import require_agency
from gis_dispatch.services.prepare_readiness import asked_of
from gis_dispatch.services.propose_neighbours import propose_neighbours
from gis_dispatch.services.rank_place import asked, work_out
from gis_dispatch.services.read_readiness import list_readiness

MOST_UNITS = 3
"""How many units of an agency are named."""


def propose_others(house: House, actor: Actor, referral_id: int) -> Row:
    """Agencies with a free unit that can do what was asked of this one, soonest first; then the
    neighbours that come there and can do it.
    """
    reads = house.store.reads
    referral = reads.one("get_referral", id=referral_id)
    own = referral["agency"]["code"]
    require_agency(actor, own)
    incident = reads.one("get_incident", id=referral["incident_id"])
    _wanted, capabilities = asked_of(reads, own, incident["id"])
    place = (incident["location"]["lon"], incident["location"]["lat"])
    made = work_out(house, asked(place, agency=None, k=None, routes=0, incident=incident))
    can = {u.id: u.capabilities for u in made.units}
    names = {u.agency_code: u.agency_name for u in made.units}
    lacks = {u["id"]: u["missing"] for u in list_readiness(reads, house.clock.now())}
    referred = {one["code"] for one in incident["agencies"] if _open(one)}
    found: dict[str, list[Row]] = {}
    for line in made.ranking["ranked"]:
        unit = line["unit"]
        if unit["agency_code"] == own or (capabilities and not capabilities & can[unit["id"]]):
            continue
        found.setdefault(unit["agency_code"], []).append(
            {
                "id": unit["id"],
                "call_sign": unit["call_sign"],
                "icon": unit["icon"],
                "total_time_s": line["total_time_s"],
                "length_m": line["length_m"],
                "missing": lacks.get(unit["id"], []),
            }
        )
    # A private brigade is told whom it may ask, and nothing of their units.
    told = actor.only_agency is None
    neighbours = propose_neighbours(house, place, capabilities)
    return {
        "items": [
            {
                "code": code,
                "short_name": names[code],
                "referred": code in referred,
                "unit_count": len(units) if told else None,
                "units": units[:MOST_UNITS] if told else [],
            }
            for code, units in found.items()
        ],
        "neighbours": [{**one, "referred": one["code"] in referred} for one in neighbours],
    }


def _open(agency: Row) -> bool:
    return agency["referral_status"] not in {"handed_back", "completed"}
