"""What is done with an incident: verified, linked, referred, cancelled, closed, reopened."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.incidents import detail
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_acts import (
    Alarm,
    ClosingReport,
    Duplicate,
    LinkCall,
    NewAssignments,
    NewReferrals,
    Reason,
    TimeCorrection,
    Transfer,
)
from gis_dispatch.consoles.api.shapes_incidents import Assignments, IncidentDetail, Referrals
from gis_dispatch.consoles.api.viewing import (
    assignment_answer,
    referral_answer,
    require_incident_visible,
)
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.cancel_incident import cancel_incident
from gis_dispatch.services.change_alarm import change_alarm
from gis_dispatch.services.close_incident import close_incident
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.link_call import link_call
from gis_dispatch.services.mark_duplicate import mark_duplicate
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.reopen_incident import reopen_incident
from gis_dispatch.services.take_back_incident import take_back_incident
from gis_dispatch.services.transfer_incident import transfer_incident
from gis_dispatch.services.verify_incident import verify_incident

blueprint = resource("incident_acts", "Incidents")


@blueprint.post("/incidents/<int:id>/verify", responses={200: IncidentDetail})
@needs("incidents.change")
def verify(path: IdPath) -> Row:
    """Confirm name, place and emergency."""
    verify_incident(current_house(), current_actor(), path.id)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/calls", responses={200: IncidentDetail})
@needs("incidents.change")
def link(path: IdPath, body: LinkCall) -> Row:
    """Say that another call is about this incident."""
    link_call(current_house(), current_actor(), path.id, body.call_id)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/duplicate", responses={200: IncidentDetail})
@needs("incidents.change")
def duplicate(path: IdPath, body: Duplicate) -> Row:
    """Say that this incident is the same as another one."""
    mark_duplicate(current_house(), current_actor(), path.id, body.of_incident_id)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/alarm", responses={200: IncidentDetail})
@needs("incidents.alarm")
def alarm(path: IdPath, body: Alarm) -> Row:
    """Raise the alarm, which asks what the plan adds, or lower it, with the reason."""
    require_incident_visible(path.id)
    change_alarm(current_house(), current_actor(), path.id, body.level, body.reason)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/cancel", responses={200: IncidentDetail})
@needs("incidents.change")
def cancel(path: IdPath, body: Reason) -> Row:
    """Cancel an incident, with the reason."""
    cancel_incident(current_house(), current_actor(), path.id, body.reason)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/transfer", responses={200: IncidentDetail})
@needs("incidents.change")
def transfer(path: IdPath, body: Transfer) -> Row:
    """Hand an incident outside our area to whom it belongs."""
    transfer_incident(current_house(), current_actor(), path.id, body.to, body.reason)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/reopen", responses={200: IncidentDetail})
@needs("incidents.close")
def reopen(path: IdPath, body: Reason) -> Row:
    """Open a closed, resolved or duplicate incident again, with the reason."""
    reopen_incident(current_house(), current_actor(), path.id, body.reason)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/close", responses={200: IncidentDetail})
@needs("incidents.close")
def close(path: IdPath, body: ClosingReport) -> Row:
    """Close a resolved incident with the operator's report; the case goes to the data centre."""
    close_incident(current_house(), current_actor(), path.id, **body.model_dump())
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/referrals", responses={201: Referrals})
@needs("incidents.refer")
def refer(path: IdPath, body: NewReferrals) -> tuple[Row, int]:
    """Hand an incident to one or several agencies; answers the new referrals."""
    house, actor = current_house(), current_actor()
    if body.verified:
        status = house.store.reads.one("get_incident", id=path.id)["status"]
        if status == "received":
            verify_incident(house, actor, path.id)
    made = refer_incident(house, actor, path.id, body.agencies, body.note)
    return {"items": [referral_answer(referral.id) for referral in made]}, 201


@blueprint.post("/incidents/<int:id>/assignments", responses={201: Assignments})
@needs("assignments.make")
def assign(path: IdPath, body: NewAssignments) -> tuple[Row, int]:
    """Send one or several units; answers the new assignments."""
    made = assign_units(
        current_house(),
        current_actor(),
        path.id,
        body.referral_id,
        body.unit_ids,
        body.recommendation_id,
        body.overrule_reason,
    )
    return {"items": [assignment_answer(assignment.id) for assignment in made]}, 201


@blueprint.post("/incidents/<int:id>/undo", responses={200: IncidentDetail})
@needs("incidents.change")
def undo(path: IdPath) -> Row:
    """Take back the last step, within a minute, if you entered it."""
    take_back_incident(current_house(), current_actor(), path.id)
    return detail(path.id)


@blueprint.post("/incidents/<int:id>/corrections", responses={200: IncidentDetail})
@needs("times.correct")
def correct(path: IdPath, body: TimeCorrection) -> Row:
    """Correct a time that was entered wrongly; both values stay in the record."""
    correct_time(current_house(), current_actor(), "incident", path.id, **body.model_dump())
    return detail(path.id)
