"""What an answer brought into the world, and the stamps it told of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.laws.asking import Answer
from tests.laws.knowing import DESK, Act, Model, need

TOLD = {"acknowledge": "acknowledged", "accept": "accepted", "complete": "completed"}


@dataclass
class Stamp:
    """A step that was answered as done: it may never be lost."""

    thing: str
    id: int
    step: str
    at: datetime


def begin(model: Model, act: Act, answer: Answer, asked: list[str]) -> None:
    """What an act brought into the world; `asked` are the agencies that an alarm asks."""
    made = answer.body
    if act.name == "ring":
        model.calls.setdefault(made["id"], {
            "is": None, "incident": None, "last": None, "before": frozenset(),
            "at": {"received": model.now},
        })  # fmt: skip
    elif act.name == "record":
        _incident(model, act, made["id"])
    elif act.name == "give_shift":
        model.handovers[made["id"]] = {"desk": DESK.get(act.who), "by": act.who, "taken": False}
    elif act.name in {"assign", "order_move"}:
        for row in made["items"]:
            _sent(model, act, row["id"])
    else:
        _asked(model, act, made, asked)


def _incident(model: Model, act: Act, id: int) -> None:
    verified = act.word == "verified"
    model.incidents[id] = {
        "status": "verified" if verified else "received", "of": None, "before": "received",
        "counted": frozenset(), "earlier": frozenset(), "alarm": 1,
        "closed_before": None, "resolved_before": None,
        "last": model.did("verified", act) if verified else None,
        "at": {"received": model.now, **({"verified": model.now} if verified else {})},
    }  # fmt: skip


def _sent(model: Model, act: Act, id: int) -> None:
    """A unit, to an incident or to stand by."""
    if act.name == "order_move":
        model.moves[id] = {"unit": act.id, "status": "ordered"}
        return
    model.assignments[id] = {
        "incident": int(act.word), "referral": act.id, "unit": act.other, "status": "dispatched",
        "before": None, "last": None, "at": {"dispatched": model.now},
    }  # fmt: skip


def _asked(model: Model, act: Act, made: Any, asked: list[str]) -> None:
    if act.name == "refer":
        for row in made["items"]:
            _referral(model, row["id"], act.id, act.word)
    elif act.name == "pass_on":
        _referral(model, made["id"], model.referrals[act.id]["incident"], act.word)
    else:
        for agency in asked:
            rows = [r["id"] for r in made["referrals"] if r["agency"]["code"] == agency]
            need(rows)
            _referral(model, max(rows), act.id, agency)


def _referral(model: Model, id: int, incident: int, agency: str) -> None:
    model.referrals[id] = {
        "id": id, "incident": incident, "agency": agency, "status": "sent", "before": None,
        "last": None, "at": {"sent": model.now},
    }  # fmt: skip


def stamps_of(act: Act, answer: Answer) -> list[Stamp]:
    """The stamps that an accepted answer told of."""
    row = answer.body
    step = act.word if act.name == "step" else TOLD.get(act.name)
    if step is not None:
        thing = "assignment" if act.name == "step" else "referral"
        # What a phone sends once more may have been taken back since.
        told = row[f"{step}_at"]
        return [Stamp(thing, row["id"], step, datetime.fromisoformat(told))] if told else []
    if act.name == "assign":
        return [
            Stamp("assignment", one["id"], "dispatched", _time(one["dispatched_at"]))
            for one in row["items"]
        ]
    return []


def standing(call: dict[str, Any]) -> str:
    """Where a call stands, in the words of its table."""
    answered, ended = "answered" in call["at"], "ended" in call["at"]
    if call["is"] == "incident":
        return "recorded" if ended else "linked"
    if call["is"]:
        return "closed"
    if ended:
        return "ended" if answered else "missed"
    return "answered" if answered else "waiting"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
