"""The way of one unit to its incident, by today's open roads."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.reasons import sentence
from gis_dispatch.domain.roads import NoTrip
from gis_dispatch.errors import NoWayThere
from gis_dispatch.ports import House, Row
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.ranking_inputs import read_candidates, read_closures, start_of
from gis_dispatch.services.ranking_shape import network_row, origin_row, trip_row


def find_route(house: House, actor: Actor, assignment_id: int) -> Row:
    """From where the unit is now, or from its station when nobody has seen it lately."""
    assignment = house.store.reads.one("get_assignment", id=assignment_id)
    unit_id = assignment["unit"]["id"]
    with house.store.transaction() as tx:
        require_unit(tx, actor, unit_id)
        incident = tx.incidents.get(assignment["incident_id"])
    unit = next((one for one in read_candidates(house) if one.id == unit_id), None)
    start = start_of(unit) if unit else None
    if unit is None or unit.origin is None or start is None:
        raise NoWayThere(unit=assignment["unit"]["call_sign"], reason=sentence("no_place").en)
    closures = read_closures(house, house.clock.now())
    roads = [closure.road for closure in closures]
    trip = house.roads.trip_between(start, incident.lon, incident.lat, roads)
    if isinstance(trip, NoTrip):
        raise NoWayThere(unit=unit.call_sign, reason=sentence(trip.reason).en)
    return {
        "from": origin_row(unit.origin),
        **trip_row(trip, {closure.road.id: closure for closure in closures}),
        "network": network_row(house.roads.status()),
    }
