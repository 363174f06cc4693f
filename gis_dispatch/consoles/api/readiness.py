"""Readiness: what is known of units, looks at them, and whom else to ask."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.referrals import blueprint as referrals
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_incidents import Referral
from gis_dispatch.consoles.api.shapes_readiness import (
    KeptChecks,
    OtherAgencies,
    PassOn,
    PreparedCheck,
    ReadinessQuery,
    UnitCheck,
    UnitReadiness,
    UnitsReadiness,
)
from gis_dispatch.consoles.api.viewing import (
    agency_seen,
    referral_answer,
    unit_seen,
)
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.domain.allowed import referral_verbs
from gis_dispatch.ports import Row
from gis_dispatch.services.check_unit import check_unit
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.pass_on_referral import pass_on_referral
from gis_dispatch.services.prepare_readiness import prepare_readiness
from gis_dispatch.services.propose_others import propose_others
from gis_dispatch.services.read_readiness import list_readiness, readiness_of

blueprint = resource("readiness", "Readiness")


@blueprint.get("/readiness", responses={200: UnitsReadiness})
@needs("readiness.read")
def list_units_readiness(query: ReadinessQuery) -> Row:
    """List units with crew, equipment, supplies and vehicle, and what each lacks by name."""
    house = current_house()
    rows = list_readiness(
        house.store.reads,
        house.clock.now(),
        agency=agency_seen(query.agency),
        unit_id=unit_seen(None),
    )
    return {"items": rows}


@blueprint.get("/units/<int:id>/readiness", responses={200: UnitReadiness})
@needs("readiness.read")
def unit_readiness(path: IdPath) -> Row:
    """Read what is known of one unit; a crew reads its own."""
    house = current_house()
    with house.store.transaction() as tx:
        require_unit(tx, current_actor(), path.id)
        return readiness_of(tx, house.clock.now(), path.id)


@blueprint.post("/units/<int:id>/checks", responses={200: UnitReadiness})
@needs("units.check")
def check(path: IdPath, body: UnitCheck) -> Row:
    """Say what a look at a unit found: fuel and water, equipment, the vehicle."""
    given = body.model_dump()
    return check_unit(current_house(), current_actor(), path.id, **given)


@referrals.get("/referrals/<int:id>/readiness", responses={200: PreparedCheck})
@needs("referrals.handle")
def prepared(path: IdPath) -> Row:
    """Read what is known of the agency's free units for this incident, before checking."""
    return prepare_readiness(current_house(), current_actor(), path.id)


@referrals.get("/referrals/<int:id>/checks", responses={200: KeptChecks})
@needs("referrals.read")
def kept(path: IdPath) -> Row:
    """List the readiness checks of one referral with what was known at each."""
    incident_id = referral_answer(path.id)["incident_id"]
    rows = current_house().store.reads.all("list_readiness_checks", incident_id=incident_id)
    return {"items": [row for row in rows if row["referral_id"] == path.id]}


@referrals.get("/referrals/<int:id>/others", responses={200: OtherAgencies})
@needs("referrals.handle")
def others(path: IdPath) -> Row:
    """List who else could do it: agencies with free units, soonest first, then neighbours."""
    return propose_others(current_house(), current_actor(), path.id)


@referrals.post("/referrals/<int:id>/pass-on", responses={200: Referral})
@needs("referrals.handle")
def pass_on(path: IdPath, body: PassOn) -> Row:
    """Refer the incident to another agency: in place of this one, or beside it."""
    made = pass_on_referral(current_house(), current_actor(), path.id, **body.model_dump())
    row = current_house().store.reads.one("get_referral", id=made.id)
    return {**row, "allowed": referral_verbs(row["status"], row["agency"], current_actor())}
