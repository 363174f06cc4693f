"""Crews: the people of an agency, and who is on which unit when."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_shifts import (
    CopyDay,
    DayPlan,
    DayQuery,
    NewPerson,
    People,
    PeopleQuery,
    Person,
    PersonChange,
    Planned,
    PutShift,
    UsualCrews,
)
from gis_dispatch.consoles.api.viewing import agency_seen
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.guards import require_agency
from gis_dispatch.services.manage_people import add_person, change_person
from gis_dispatch.services.plan_shifts import copy_day, plan_usual, put_shift
from gis_dispatch.services.read_shifts import read_shifts

blueprint = resource("shifts", "Readiness")


@blueprint.get("/people", responses={200: People})
@needs("shifts.plan")
def list_people(query: PeopleQuery) -> Row:
    """List the people of crews by name; a dispatcher sees those of the own agency."""
    rows = current_house().store.reads.all(
        "list_people", agency=agency_seen(query.agency), include_inactive=query.all
    )
    return {"items": rows}


@blueprint.post("/people", responses={201: Person})
@needs("shifts.plan")
def create_person(body: NewPerson) -> tuple[Row, int]:
    """Add somebody to an agency's crews."""
    person_id = add_person(current_house(), current_actor(), body.model_dump())
    return _person(person_id), 201


@blueprint.patch("/people/<int:id>", responses={200: Person})
@needs("shifts.plan")
def patch_person(path: IdPath, body: PersonChange) -> Row:
    """Change what is known of somebody, or let them go."""
    changes = body.model_dump(exclude_unset=True)
    change_person(current_house(), current_actor(), path.id, changes)
    return _person(path.id)


@blueprint.get("/shifts", responses={200: DayPlan})
@needs("shifts.plan")
def day_plan(query: DayQuery) -> Row:
    """Read who is on which unit in each shift of a day, and which skills lack."""
    require_agency(current_actor(), query.agency)
    return read_shifts(current_house(), query.agency, query.day)


@blueprint.put("/units/<int:id>/shift", responses={204: None})
@needs("shifts.plan")
def save_shift(path: IdPath, body: PutShift) -> tuple[str, int]:
    """Say who is on a unit from when to when; the plan around that time stays."""
    put_shift(current_house(), current_actor(), path.id, **body.model_dump())
    return "", 204


@blueprint.post("/shifts/copy", responses={200: Planned})
@needs("shifts.plan")
def copy(body: CopyDay) -> Row:
    """Plan a day as another day was."""
    return {"planned": copy_day(current_house(), current_actor(), **body.model_dump())}


@blueprint.post("/shifts/usual", responses={200: Planned})
@needs("shifts.plan")
def usual(body: UsualCrews) -> Row:
    """Put on every unit without a plan its usual crew for one shift."""
    return {"planned": plan_usual(current_house(), current_actor(), **body.model_dump())}


def _person(person_id: int) -> Row:
    return current_house().store.reads.one("list_people", id=person_id, include_inactive=True)
