"""A crew reports a step: acknowledged, en route, on scene, transporting, at hospital, cleared."""

from datetime import datetime
from uuid import UUID

from gis_dispatch.domain.assignment import STEPS, Assignment
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.words import status_word
from gis_dispatch.errors import CalledBackMeanwhile, StepAlreadyReported
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.assigning import move_assignment
from gis_dispatch.services.guards import require_unit
from gis_dispatch.services.inputs import choice, optional_text
from gis_dispatch.services.locks import lock_assignment
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.not_taken import refusals_kept
from gis_dispatch.services.progress import unit_under_way
from gis_dispatch.services.taken_once import by_key, first_time

UNDER_WAY = frozenset({"en_route", "on_scene"})


def report_step(
    house: House,
    actor: Actor,
    assignment_id: int,
    step: str,
    occurred_at: datetime | None = None,
    note: str | None = None,
    *,
    key: UUID | None = None,
) -> Assignment:
    """Stamp one step, when it happened; the same report sent twice is one report."""
    choice("step", step, STEPS)
    note = optional_text("note", note)
    kept = refusals_kept(house, actor, assignment_id, step, occurred_at, key)
    with kept, house.store.transaction() as tx:
        incident, assignment = lock_assignment(tx, assignment_id)
        require_unit(tx, actor, assignment.unit_id)
        if occurred_at is not None and getattr(assignment, f"{step}_at") == occurred_at:
            # A phone that never heard our answer sends it again.
            return assignment
        if not first_time(house, tx, actor, key, step):
            return assignment
        _refuse_overtaken(house, tx, assignment, step, occurred_at)
        at = moment_of(house, occurred_at, assignment.last_at)
        said = {"note": note, **by_key(key)}
        moved = move_assignment(tx, actor, assignment, step, at, data=said)
        if step in UNDER_WAY:
            unit_under_way(tx, actor, incident, at)
        return moved


def _refuse_overtaken(
    house: House,
    tx: Transaction,
    assignment: Assignment,
    step: str,
    occurred_at: datetime | None,
) -> None:
    """What happened while the phone had no signal is said in words; nothing is overwritten."""

    def local(moment: datetime) -> str:
        return moment.astimezone(house.timezone).strftime("%H:%M:%S")

    said = status_word("assignment", step)
    if assignment.cancelled_at is not None:
        raise CalledBackMeanwhile(
            unit=tx.units.get(assignment.unit_id).call_sign,
            at=local(assignment.cancelled_at),
            reason=assignment.cancel_reason,
            step=said,
        )
    before: datetime | None = getattr(assignment, f"{step}_at")
    if before is not None:
        raise StepAlreadyReported(
            step=said, at=local(before), given=local(occurred_at or house.clock.now())
        )
