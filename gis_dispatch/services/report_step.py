"""A crew reports a step: acknowledged, en route, on scene, transporting, at hospital, cleared."""

from datetime import datetime

from gis_dispatch.domain.assignment import STEPS, Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.assigning import move_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import choice, optional_text
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import unit_under_way

UNDER_WAY = frozenset({"en_route", "on_scene"})


def report_step(
    house: House,
    actor: Actor,
    assignment_id: int,
    step: str,
    occurred_at: datetime | None = None,
    note: str | None = None,
) -> Assignment:
    """Stamp one step, when it happened; the same report sent twice is one report."""
    choice("step", step, STEPS)
    note = optional_text("note", note)
    with house.store.transaction() as tx:
        incident, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        if occurred_at is not None and getattr(assignment, f"{step}_at") == occurred_at:
            # A phone that never heard our answer sends it again.
            return assignment
        at = moment_of(house, occurred_at, assignment.last_at)
        moved = move_assignment(tx, actor, assignment, step, at, data={"note": note})
        if step in UNDER_WAY:
            unit_under_way(tx, actor, incident, at)
        return moved
