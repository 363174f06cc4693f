"""Response plans, and the areas for which they hold."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_plans import PlanAreaBody, PlanAreas, PlanBody, Plans
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_plan_areas import put_plan_area, remove_plan_area
from gis_dispatch.services.manage_plans import put_plan, remove_plan

blueprint = resource("plans", "Administration")


@blueprint.get("/response-plans", responses={200: Plans})
@needs("plans.manage")
def list_plans() -> Row:
    """List who goes to what, and the capabilities and places that a plan may name."""
    return _plans()


@blueprint.put("/response-plans", responses={200: Plans})
@needs("plans.manage")
def save_plan(body: PlanBody) -> Row:
    """Make the plan for a kind, priority and place, or replace it."""
    put_plan(current_house(), current_actor(), **body.model_dump())
    return _plans()


@blueprint.delete("/response-plans/<int:id>", responses={204: None})
@needs("plans.manage")
def delete_plan(path: IdPath) -> tuple[str, int]:
    """Remove a plan: a sub-kind then follows its kind's."""
    remove_plan(current_house(), current_actor(), path.id)
    return "", 204


@blueprint.get("/plan-areas", responses={200: PlanAreas})
@needs("plans.manage")
def list_plan_areas() -> Row:
    """List the areas, drawn or imported, for which plans may hold."""
    return _areas()


@blueprint.post("/plan-areas", responses={201: PlanAreas})
@needs("plans.manage")
def add_plan_area(body: PlanAreaBody) -> tuple[Row, int]:
    """Add an area for which plans may hold."""
    put_plan_area(current_house(), current_actor(), None, **body.model_dump())
    return _areas(), 201


@blueprint.put("/plan-areas/<int:id>", responses={200: PlanAreas})
@needs("plans.manage")
def save_plan_area(path: IdPath, body: PlanAreaBody) -> Row:
    """Change an area's name and outline."""
    put_plan_area(current_house(), current_actor(), path.id, **body.model_dump())
    return _areas()


@blueprint.delete("/plan-areas/<int:id>", responses={204: None})
@needs("plans.manage")
def delete_plan_area(path: IdPath) -> tuple[str, int]:
    """Remove an area that no plan is for."""
    remove_plan_area(current_house(), current_actor(), path.id)
    return "", 204


def _areas() -> Row:
    return {"items": current_house().store.reads.all("list_plan_areas")}


def _plans() -> Row:
    reads = current_house().store.reads
    return {
        "items": reads.all("list_plans"),
        "capabilities": [row["capability"] for row in reads.all("known_capabilities")],
        "places": reads.all("list_plan_places"),
        "areas": reads.all("list_plan_areas"),
    }
