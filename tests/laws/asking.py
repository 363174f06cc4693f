"""An act as a request to the API."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.consoles.town import PLACE
from tests.laws.knowing import Act

CHECK = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
NOT_READY = {**CHECK, "vehicle_ok": False, "ready": False, "missing": "pompa"}
CORRECTED = {
    "correct_call": "calls", "correct_incident": "incidents", "correct_referral": "referrals",
    "correct_assignment": "assignments",
}  # fmt: skip

Request = tuple[str, dict[str, Any]]


@dataclass
class Answer:
    """What came back: the status (0: the connection broke), and the body."""

    status: int
    body: Any

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300

    @property
    def lost(self) -> bool:
        """Whoever asked does not know whether it was done."""
        return self.status == 0 or self.status >= 500


def request_of(act: Act) -> Request:
    """The path and the body of an act."""
    if act.name in CORRECTED:
        assert act.at is not None
        return f"/{CORRECTED[act.name]}/{act.id}/corrections", {
            "stamp": f"{act.word}_at", "to": act.at.isoformat(), "reason": "salah tekan",
        }  # fmt: skip
    for requests in (_of_call, _of_incident, _of_referral, _of_unit):
        if act.name in (found := requests(act)):
            return found[act.name]
    raise LookupError(act.name)


def _of_call(act: Act) -> dict[str, Request]:
    return {
        "ring": ("/calls", {"caller_number": "0812", "external_id": act.key}),
        "answer": (f"/calls/{act.id}/answer", {}),
        "hang_up": (f"/calls/{act.id}/end", {}),
        "dismiss": (f"/calls/{act.id}/close", {"disposition": "prank"}),
        "undo_call": (f"/calls/{act.id}/undo", {}),
        "link": (f"/incidents/{act.other}/calls", {"call_id": act.id}),
    }


def _of_incident(act: Act) -> dict[str, Request]:
    of = f"/incidents/{act.id}"
    verified = act.word == "verified"
    new = {"kind": "kebakaran", "verified": verified, "description": act.key, **PLACE}
    return {
        "record": ("/incidents", new),
        "verify": (f"{of}/verify", {}),
        "cancel": (f"{of}/cancel", {"reason": "keliru"}),
        "transfer": (f"{of}/transfer", {"to": "Bengkayang", "reason": "luar kota"}),
        "merge": (f"{of}/duplicate", {"of_incident_id": act.other}),
        "reopen": (f"{of}/reopen", {"reason": "lagi"}),
        "close": (f"{of}/close", {"outcome": "padam", "summary": "padam"}),
        "undo_incident": (f"{of}/undo", {}),
        "refer": (f"{of}/referrals", {"agencies": [act.word]}),
        "alarm": (f"{of}/alarm", {"level": act.other, "reason": "api naik"}),
    }


def _of_referral(act: Act) -> dict[str, Request]:
    of = f"/referrals/{act.id}"
    sent = {"referral_id": act.id, "unit_ids": [act.other]}
    return {
        "acknowledge": (f"{of}/acknowledge", {}),
        "check": (f"{of}/readiness", CHECK if act.word == "ready" else NOT_READY),
        "accept": (f"{of}/accept", {}),
        "hand_back": (f"{of}/hand-back", {"reason": "bukan"}),
        "pass_on": (f"{of}/pass-on", {"agency": act.word, "reason": "bukan"}),
        "take_over": (f"{of}/take-over", {}),
        "complete": (f"{of}/complete", {}),
        "undo_referral": (f"{of}/undo", {}),
        "assign": (f"/incidents/{act.word}/assignments", sent),
    }


def _of_unit(act: Act) -> dict[str, Request]:
    return {
        "step": (f"/assignments/{act.id}/steps", _step(act.word, act.at, act.key)),
        "call_back": (f"/assignments/{act.id}/cancel", {"reason": "tidak perlu"}),
        "undo_step": (f"/assignments/{act.id}/undo", {}),
        "duty": (f"/units/{act.id}/duty", {"duty": act.word, "reason": "servis"}),
        "order_move": ("/moves", {"moves": [{"unit_id": act.id, "station_id": act.other}]}),
        "arrive": (f"/moves/{act.id}/arrive", {}),
        "take_back_move": (f"/moves/{act.id}/take-back", {"reason": "pulang"}),
        "give_shift": ("/handovers", {"note": act.key}),
        "take_shift": (f"/handovers/{act.id}/take", {}),
    }


def _step(word: str, at: datetime | None, key: str) -> dict[str, Any]:
    when = {"occurred_at": at.isoformat()} if at else {}
    return {"step": word, **when, **({"key": key} if key else {})}
