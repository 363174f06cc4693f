"""A small plain model of the room: what each act may do, and what follows by itself.

It is written from the words of the procedure and knows nothing of the product's tables: where the
two differ, one of them is wrong.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Thing = dict[str, Any]
OVER = {"closed", "cancelled", "duplicate", "out_of_area"}
NEXT_STEP = {
    "dispatched": {"acknowledged"},
    "acknowledged": {"en_route"},
    "en_route": {"on_scene"},
    "on_scene": {"transporting", "cleared"},
    "transporting": {"at_hospital"},
    "at_hospital": {"cleared"},
}
DONE = {"cleared", "cancelled"}
ENDED = {"handed_back", "completed"}
OPERATORS = {"operator", "operator 2", "lead"}
AGENCY = {"damkar": {"damkar", "damkar 2", "lead"}, "bpbd": {"bpbd", "lead"}}


class Refused(Exception):
    """The act is not possible."""


def need(holds: object) -> None:
    """Refuse unless it holds."""
    if not holds:
        raise Refused


@dataclass(frozen=True)
class Act:
    """Somebody does something to something."""

    name: str
    who: str
    id: int = 0
    other: int = 0
    word: str = ""


@dataclass
class Model:
    """What there is."""

    calls: dict[int, Thing] = field(default_factory=dict)
    incidents: dict[int, Thing] = field(default_factory=dict)
    referrals: dict[int, Thing] = field(default_factory=dict)
    assignments: dict[int, Thing] = field(default_factory=dict)
    units: dict[int, Thing] = field(default_factory=dict)
    told: set[tuple[int, str]] = field(default_factory=set)
    """Steps of this round: the same phone may tell them again, and is told that they are done."""

    def copy(self) -> "Model":
        return deepcopy(self)

    def do(self, act: Act) -> None:
        """Do it, or refuse and change nothing."""
        before = self.copy()
        try:
            getattr(self, act.name)(act)
        except Refused:
            self.__dict__.update(before.__dict__)
            raise

    # What happens to calls.
    def answer(self, act: Act) -> None:
        call = self.calls[act.id]
        need(act.who in OPERATORS and not (call["answered"] or call["ended"] or call["is"]))
        call |= {"answered": True, "last": ("answered", act.who)}

    def hang_up(self, act: Act) -> None:
        call = self.calls[act.id]
        need(act.who in OPERATORS and not call["ended"])
        call |= {"ended": True, "last": ("ended", act.who)}

    def dismiss(self, act: Act) -> None:
        call = self.calls[act.id]
        need(act.who in OPERATORS and not call["is"])
        call["before"] = {name: call[name] for name in ("answered", "ended")}
        answered = call["answered"] or not call["ended"]
        call |= {"answered": answered, "ended": True, "is": "prank", "last": ("closed", act.who)}

    def link(self, act: Act) -> None:
        call, end = self.calls[act.id], act.other
        while self.incidents[end]["of"]:
            end = self.incidents[end]["of"]
        need(act.who in OPERATORS and not call["is"])
        answered = call["answered"] or not call["ended"]
        call |= {"answered": answered, "is": "incident", "incident": end, "last": None}

    def undo_call(self, act: Act) -> None:
        call = self.calls[act.id]
        need(act.who in OPERATORS and call["last"] and call["last"][1] == act.who)
        step = call["last"][0]
        if step == "closed":
            call |= {**call["before"], "is": None}
        else:
            need(not call["is"])
            call[step] = False
        call["last"] = None

    # What is done to incidents.
    def verify(self, act: Act) -> None:
        need(self.incidents[act.id]["status"] == "received")
        self._move(act, "verified")["verified"] = True

    def cancel(self, act: Act) -> None:
        status = self.incidents[act.id]["status"]
        need(status in {"received", "verified", "dispatched", "in_progress"})
        need(not self._out(act.id))
        self._move(act, "cancelled")

    def merge(self, act: Act) -> None:
        end = act.other
        while self.incidents[end]["of"]:
            end = self.incidents[end]["of"]
        need(end != act.id and not self._out(act.id))
        need(self.incidents[act.id]["status"] in {"received", "verified", "dispatched"})
        self._move(act, "duplicate")["of"] = end

    def reopen(self, act: Act) -> None:
        incident = self.incidents[act.id]
        need(incident["status"] in {"resolved", "closed", "duplicate"})
        if incident["status"] == "duplicate":
            self._move(act, incident["before"]) | {"of": None}
            incident |= {"of": None, "last": None}
        else:
            self._move(act, "reopened")

    def close(self, act: Act) -> None:
        need(self.incidents[act.id]["status"] in {"resolved", "reopened"})
        self._move(act, "closed")

    def undo_incident(self, act: Act) -> None:
        incident = self.incidents[act.id]
        alone = {"verified", "cancelled", "duplicate", "closed", "reopened"}
        need(act.who in OPERATORS and incident["status"] in alone)
        need(incident["last"] == (incident["status"], act.who))
        verified = incident["verified"] and incident["status"] != "verified"
        incident |= {
            "status": incident["before"], "of": None, "last": None, "verified": verified,
        }  # fmt: skip

    def refer(self, act: Act) -> None:
        incident = self.incidents[act.id]
        need(act.who in OPERATORS and incident["verified"])
        need(incident["status"] in {"verified", "dispatched", "in_progress", "reopened"})
        need(not any(r["agency"] == act.word for r in self._asked(act.id) if self._open(r)))
        if incident["status"] in {"verified", "reopened"}:
            self._move(act, "dispatched")

    # What an agency does.
    def acknowledge(self, act: Act) -> None:
        self._step(act, {"sent"}, "acknowledged")

    def check(self, act: Act) -> None:
        referral = self._mine(act)
        if referral["status"] != act.word:
            self._step(act, {"acknowledged", "ready", "not_ready"}, act.word)
        else:
            referral["last"] = (act.word, act.who)

    def accept(self, act: Act) -> None:
        self._step(act, {"ready"}, "accepted")

    def hand_back(self, act: Act) -> None:
        self._ended(self._step(act, {"ready", "not_ready"}, "handed_back"))

    def complete(self, act: Act) -> None:
        need(not any(a["referral"] == act.id for a in self._bound()))
        self._ended(self._step(act, {"accepted"}, "completed"))

    def undo_referral(self, act: Act) -> None:
        referral = self._mine(act)
        need(referral["status"] in {"acknowledged", "accepted", "handed_back", "completed"})
        need(referral["last"] == (referral["status"], act.who))
        sent = [a for a in self.assignments.values() if a["referral"] == act.id]
        need(referral["status"] != "accepted" or not sent)
        incident = self.incidents[referral["incident"]]
        if referral["status"] in ENDED:
            others = self._asked(referral["incident"])
            need(not any(r["agency"] == referral["agency"] for r in others if self._open(r)))
            if incident["status"] == "resolved":
                incident |= {"status": "in_progress", "counted": incident["earlier"], "last": None}
        referral |= {"status": referral["before"], "last": None}
        self._nobody_drives(referral["incident"])

    # What happens to units.
    def assign(self, act: Act) -> None:
        referral, unit = self._mine(act), self.units[act.other]
        need(referral["status"] == "accepted" and unit["agency"] == referral["agency"])
        need(unit["duty"] == "available" and not self._busy(act.other))

    def step(self, act: Act) -> None:
        assignment = self.assignments[act.id]
        need(act.who in self._crew(assignment))
        if (act.id, act.word) in self.told:
            return
        need(act.word in NEXT_STEP.get(assignment["status"], ()))
        assignment |= {
            "status": act.word, "before": assignment["status"], "last": (act.word, act.who),
        }  # fmt: skip
        self.told.add((act.id, act.word))
        incident = self.incidents[assignment["incident"]]
        if act.word in {"en_route", "on_scene"}:
            assignment["drove"] = True
            if incident["status"] == "dispatched":
                incident |= {"status": "in_progress", "last": None}

    def call_back(self, act: Act) -> None:
        assignment = self.assignments[act.id]
        need(act.who in self._office(assignment))
        need(assignment["status"] in {"dispatched", "acknowledged", "en_route"})
        assignment |= {
            "status": "cancelled", "before": assignment["status"], "last": ("cancelled", act.who),
        }  # fmt: skip

    def undo_step(self, act: Act) -> None:
        assignment = self.assignments[act.id]
        need(act.who in self._crew(assignment))
        need(assignment["last"] == (assignment["status"], act.who))
        need(self.referrals[assignment["referral"]]["status"] == "accepted")
        if assignment["status"] in DONE:
            need(self.units[assignment["unit"]]["duty"] == "available")
            need(not self._busy(assignment["unit"]))
        self.told.discard((act.id, assignment["status"]))
        if assignment["status"] == "en_route":
            assignment["drove"] = False
        assignment |= {"status": assignment["before"], "last": None}
        self._nobody_drives(assignment["incident"])

    def duty(self, act: Act) -> None:
        need(act.who in AGENCY[self.units[act.id]["agency"]])
        unit = self.units[act.id]
        if unit["duty"] != act.word:
            need(act.word == "available" or not self._busy(act.id))
            unit["duty"] = act.word

    # What follows by itself, and what is asked often.
    def _move(self, act: Act, to: str) -> Thing:
        need(act.who in OPERATORS)
        incident = self.incidents[act.id]
        incident |= {"before": incident["status"], "status": to, "last": (to, act.who)}
        return incident

    def _mine(self, act: Act) -> Thing:
        referral = self.referrals[act.id]
        need(act.who in AGENCY[referral["agency"]])
        need(self.incidents[referral["incident"]]["status"] not in OVER)
        return referral

    def _step(self, act: Act, before: set[str], to: str) -> Thing:
        referral = self._mine(act)
        need(referral["status"] in before)
        referral |= {"before": referral["status"], "status": to, "last": (to, act.who)}
        return referral

    def _ended(self, referral: Thing) -> None:
        incident, asked = self.incidents[referral["incident"]], self._asked(referral["incident"])
        completed = {r["id"] for r in asked if r["status"] == "completed"}
        if any(map(self._open, asked)) or not completed - incident["counted"]:
            return
        if incident["status"] in {"dispatched", "in_progress"}:
            incident |= {"status": "resolved", "last": None}
            incident |= {"earlier": incident["counted"], "counted": completed}

    def _nobody_drives(self, id: int) -> None:
        drove = any(a["drove"] for a in self.assignments.values() if a["incident"] == id)
        done = any(r["status"] == "completed" for r in self._asked(id))
        if self.incidents[id]["status"] == "in_progress" and not (drove or done):
            self.incidents[id] |= {"status": "dispatched", "last": None}

    def _asked(self, id: int) -> list[Thing]:
        return [r for r in self.referrals.values() if r["incident"] == id]

    def _open(self, referral: Thing) -> bool:
        return referral["status"] not in ENDED

    def _bound(self) -> list[Thing]:
        return [a for a in self.assignments.values() if a["status"] not in DONE]

    def _out(self, id: int) -> bool:
        return any(a["incident"] == id for a in self._bound())

    def _busy(self, unit: int) -> bool:
        return any(a["unit"] == unit for a in self._bound())

    def _office(self, assignment: Thing) -> set[str]:
        return AGENCY[self.units[assignment["unit"]]["agency"]]

    def _crew(self, assignment: Thing) -> set[str]:
        return self._office(assignment) | ({"crew"} if assignment["unit"] == 1 else set())
