"""An act as a request, what an answer brought into the world, and the stamps it told of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.consoles.town import PLACE
from tests.laws.model import Act, Model

CHECK = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
NOT_READY = {**CHECK, "vehicle_ok": False, "ready": False, "missing": "pompa"}


@dataclass
class Answer:
    """What came back: the status, and the body."""

    status: int
    body: Any

    @property
    def accepted(self) -> bool:
        return self.status < 300


@dataclass
class Stamp:
    """A step that was answered as done: it may never be lost."""

    thing: str
    id: int
    step: str
    at: datetime


def request_of(act: Act, at: datetime) -> tuple[str, dict[str, Any]]:
    """The path and the body of an act."""
    paths: dict[str, tuple[str, dict[str, Any]]] = {
        "ring": ("/calls", {"caller_number": "0812"}),
        "answer": (f"/calls/{act.id}/answer", {}),
        "hang_up": (f"/calls/{act.id}/end", {}),
        "dismiss": (f"/calls/{act.id}/close", {"disposition": "prank"}),
        "undo_call": (f"/calls/{act.id}/undo", {}),
        "link": (f"/incidents/{act.other}/calls", {"call_id": act.id}),
        "record": (
            "/incidents",
            {"kind": "kebakaran", "verified": act.word == "verified", **PLACE},
        ),
        "verify": (f"/incidents/{act.id}/verify", {}),
        "cancel": (f"/incidents/{act.id}/cancel", {"reason": "keliru"}),
        "merge": (f"/incidents/{act.id}/duplicate", {"of_incident_id": act.other}),
        "reopen": (f"/incidents/{act.id}/reopen", {"reason": "lagi"}),
        "close": (f"/incidents/{act.id}/close", {"outcome": "padam", "summary": "padam"}),
        "undo_incident": (f"/incidents/{act.id}/undo", {}),
        "refer": (f"/incidents/{act.id}/referrals", {"agencies": [act.word]}),
        "acknowledge": (f"/referrals/{act.id}/acknowledge", {}),
        "check": (f"/referrals/{act.id}/readiness", CHECK if act.word == "ready" else NOT_READY),
        "accept": (f"/referrals/{act.id}/accept", {}),
        "hand_back": (f"/referrals/{act.id}/hand-back", {"reason": "bukan"}),
        "complete": (f"/referrals/{act.id}/complete", {}),
        "undo_referral": (f"/referrals/{act.id}/undo", {}),
        "step": (f"/assignments/{act.id}/steps", {"step": act.word, "occurred_at": at.isoformat()}),
        "call_back": (f"/assignments/{act.id}/cancel", {"reason": "tidak perlu"}),
        "undo_step": (f"/assignments/{act.id}/undo", {}),
        "duty": (f"/units/{act.id}/duty", {"duty": act.word, "reason": "servis"}),
    }
    if act.name == "assign":
        return f"/incidents/{act.word}/assignments", {
            "referral_id": act.id, "unit_ids": [act.other],
        }  # fmt: skip
    return paths[act.name]


def begin(model: Model, act: Act, answer: Answer) -> None:
    """What an act brought into the world; of an answer that was lost nothing is known."""
    if not answer.accepted or not isinstance(answer.body, dict):
        return
    made = answer.body
    if act.name == "ring":
        model.calls[made["id"]] = {
            "id": made["id"], "answered": False, "ended": False, "is": None, "incident": None,
            "last": None,
        }  # fmt: skip
    elif act.name == "record":
        verified = act.word == "verified"
        model.incidents[made["id"]] = {
            "id": made["id"], "status": "verified" if verified else "received", "of": None,
            "verified": verified, "before": "received", "counted": set(), "earlier": set(),
            "last": ("verified", act.who) if verified else None,
        }  # fmt: skip
    elif act.name == "refer":
        for row in made["items"]:
            model.referrals[row["id"]] = {
                "id": row["id"], "incident": act.id, "agency": act.word, "status": "sent",
                "before": None, "last": None,
            }  # fmt: skip
    elif act.name == "assign":
        for row in made["items"]:
            model.assignments[row["id"]] = {
                "id": row["id"], "incident": row["incident_id"], "referral": act.id,
                "unit": act.other, "status": "dispatched", "before": None, "last": None,
                "drove": False,
            }  # fmt: skip


def stamps_of(act: Act, answer: Answer) -> list[Stamp]:
    """The stamps that an accepted answer told of."""
    row = answer.body
    told = {"acknowledge": "acknowledged", "accept": "accepted", "complete": "completed"}
    step = act.word if act.name == "step" else told.get(act.name)
    if step is not None:
        thing = "assignment" if act.name == "step" else "referral"
        return [Stamp(thing, row["id"], step, datetime.fromisoformat(row[f"{step}_at"]))]
    if act.name == "assign":
        return [
            Stamp(
                "assignment", one["id"], "dispatched", datetime.fromisoformat(one["dispatched_at"])
            )
            for one in row["items"]
        ]
    return []


def standing(call: dict[str, Any]) -> str:
    """Where a call stands, in the words of its table."""
    if call["is"] == "incident":
        return "recorded" if call["ended"] else "linked"
    if call["is"]:
        return "closed"
    if call["ended"]:
        return "ended" if call["answered"] else "missed"
    return "answered" if call["answered"] else "waiting"
