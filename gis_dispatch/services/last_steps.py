"""The last step of a call, an incident, a referral or an assignment, as the record has it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.states import Machine
from gis_dispatch.domain.words import status_word, word
from gis_dispatch.errors import (
    EnteredByOther,
    NothingToTakeBack,
    SomethingFollowed,
    TakenBackTooLate,
)
from gis_dispatch.ports import House, Row, Transaction

TAKEN_BACK_WITHIN = timedelta(seconds=60)
"""A wrong key is noticed at once; what was noticed later is corrected, not undone."""

# Which event tells of a status, where it is not called as the status is.
TOLD_BY = {"missed": "ended"}
# Other events that change a status.
ALSO = {"incident": ("undone", "unmerged")}


def last_step(tx: Transaction, machine: Machine, **thing: int) -> Row | None:
    """The newest event that moved one thing."""
    words = {TOLD_BY.get(status, status) for status in machine.statuses}
    words |= set(ALSO.get(machine.name, ("undone",)))
    kinds = sorted(f"{machine.name}.{word}" for word in words)
    return tx.find("find_last_step", kinds=kinds, **thing)


def step_to_take_back(
    house: House,
    tx: Transaction,
    actor: Actor,
    machine: Machine,
    status: str,
    *,
    pressed_at: datetime | None = None,
    **thing: int,
) -> Row:
    """The step that led to `status`, if this actor entered it less than a minute ago.

    A phone without a signal tells later that it was taken back; what counts is when that was said.
    """
    step = last_step(tx, machine, **thing)
    told = f"{machine.name}.{TOLD_BY.get(status, status)}"
    if step is None or status not in machine.undoable or step["kind"] != told:
        raise NothingToTakeBack(
            machine=word(machine.name), status=status_word(machine.name, status)
        )
    if not _entered_by(step, actor):
        raise EnteredByOther(actor=step["actor"])
    since = (pressed_at or house.clock.now()) - step["entered_at"]
    if since > TAKEN_BACK_WITHIN:
        raise TakenBackTooLate(
            most=round(TAKEN_BACK_WITHIN.total_seconds()), seconds=round(since.total_seconds())
        )
    return step


def _entered_by(step: Mapping[str, object], actor: Actor) -> bool:
    """Programs with a token have no number of their own, but a name."""
    return (step["actor_id"], step["actor"]) == (actor.user_id, actor.name)


def refuse_what_followed(rows: list[Row], names: str) -> None:
    """Refuse with the names of what was begun since."""
    if rows:
        raise SomethingFollowed(what=", ".join(sorted({str(row[names]) for row in rows})))


def status_before(tx: Transaction, incident: Incident) -> str:
    """What a duplicate was before it was one."""
    step = tx.one("find_last_step", kinds=["incident.duplicate"], incident_id=incident.id)
    return str(step["data"]["from"])
