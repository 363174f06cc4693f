"""Assignments: a unit on its way, the steps it reports, and the way it should take."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_acts import (
    AssignmentQuery,
    KeptNote,
    Reason,
    StepReport,
    StepUndo,
    TimeCorrection,
)
from gis_dispatch.consoles.api.shapes_incidents import Assignment, Assignments
from gis_dispatch.consoles.api.shapes_ranking import Route
from gis_dispatch.consoles.api.viewing import (
    agency_seen,
    assignment_answer,
    unit_seen,
    with_next_steps,
)
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.call_for_backup import call_for_backup
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.find_route import find_route
from gis_dispatch.services.propose_steps import decline_step
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.take_back_step import take_back_step

blueprint = resource("assignments", "Assignments")


@blueprint.get("/assignments", responses={200: Assignments})
@needs("assignments.read")
def list_assignments(query: AssignmentQuery) -> Row:
    """List assignments, newest first; a crew sees its own unit's, a dispatcher the agency's."""
    rows = current_house().store.reads.all(
        "list_assignments",
        state=query.state,
        unit_id=unit_seen(query.unit_id),
        agency=agency_seen(None),
    )
    return {"items": [with_next_steps(row) for row in rows]}


@blueprint.get("/assignments/<int:id>", responses={200: Assignment})
@needs("assignments.read")
def get_assignment(path: IdPath) -> Row:
    """Read one assignment."""
    return assignment_answer(path.id)


@blueprint.get("/assignments/<int:id>/route", responses={200: Route})
@needs("assignments.read")
def route(path: IdPath) -> Row:
    """Find the way from where the unit is now to the incident, by today's open roads."""
    assignment_answer(path.id)
    return find_route(current_house(), current_actor(), path.id)


@blueprint.post("/assignments/<int:id>/steps", responses={200: Assignment})
@needs("assignments.step")
def step(path: IdPath, body: StepReport) -> Row:
    """Report a step that the crew has taken, when it happened."""
    report_step(current_house(), current_actor(), path.id, **body.model_dump())
    return assignment_answer(path.id)


@blueprint.post("/assignments/<int:id>/proposal/decline", responses={200: Assignment})
@needs("assignments.step")
def decline(path: IdPath, body: KeptNote) -> Row:
    """Say that what the unit's position proposes is not so."""
    decline_step(current_house(), current_actor(), path.id, body.note, key=body.key)
    return assignment_answer(path.id)


@blueprint.post("/assignments/<int:id>/cancel", responses={200: Assignment})
@needs("assignments.cancel")
def cancel(path: IdPath, body: Reason) -> Row:
    """Call a unit back before it has arrived, with the reason."""
    cancel_assignment(current_house(), current_actor(), path.id, body.reason)
    return assignment_answer(path.id)


@blueprint.post("/assignments/<int:id>/backup", responses={200: Assignment})
@needs("assignments.backup")
def backup(path: IdPath, body: KeptNote) -> Row:
    """Ask for more help."""
    call_for_backup(current_house(), current_actor(), path.id, **body.model_dump())
    return assignment_answer(path.id)


@blueprint.post("/assignments/<int:id>/undo", responses={200: Assignment})
@needs("assignments.step")
def undo(path: IdPath, body: StepUndo) -> Row:
    """Take back the last step, within a minute, if you entered it."""
    take_back_step(current_house(), current_actor(), path.id, **body.model_dump())
    return assignment_answer(path.id)


@blueprint.post("/assignments/<int:id>/corrections", responses={200: Assignment})
@needs("times.correct")
def correct(path: IdPath, body: TimeCorrection) -> Row:
    """Correct a time that was entered wrongly; both values stay in the record."""
    correct_time(current_house(), current_actor(), "assignment", path.id, **body.model_dump())
    return assignment_answer(path.id)
