"""What agencies do about what they were asked, and what follows by itself."""

from tests.laws.doing_incidents import put_back, send
from tests.laws.knowing import AGENCY, ENDED, Act, Model, Thing, need


def acknowledge(model: Model, act: Act) -> None:
    _step(model, act, {"sent"}, "acknowledged")


def check(model: Model, act: Act) -> None:
    referral = model.mine(act)
    if referral["status"] == act.word:
        referral["last"] = model.did(act.word, act)
        return
    _step(model, act, {"acknowledged", "ready", "not_ready"}, act.word)
    if act.word == "not_ready":
        referral["at"].pop("not_ready")
        referral["at"].pop("ready", None)


def accept(model: Model, act: Act) -> None:
    _step(model, act, {"ready"}, "accepted")


def hand_back(model: Model, act: Act) -> None:
    _ended(model, _step(model, act, {"ready", "not_ready"}, "handed_back"))


def pass_on(model: Model, act: Act) -> None:
    """Another agency is asked, and this one hands back: both or neither."""
    referral = model.mine(act)
    need(act.word != referral["agency"])
    send(model, act, act.word, referral["incident"])
    # The other one is at work now: nothing is resolved by this.
    _step(model, act, {"ready", "not_ready"}, "handed_back")


def take_over(model: Model, act: Act) -> None:
    """Only what is late; that a clock has run out is not known here."""
    referral = model.referrals[act.id]
    need(act.who == "lead" and referral["status"] in {"sent", "acknowledged", "ready", "not_ready"})
    need(model.said)


def complete(model: Model, act: Act) -> None:
    need(not any(a["referral"] == act.id for a in model.bound()))
    _ended(model, _step(model, act, {"accepted"}, "completed"))


def undo_referral(model: Model, act: Act) -> None:
    referral = model.mine(act)
    status = referral["status"]
    need(status in {"acknowledged", "accepted", "handed_back", "completed"})
    model.within_a_minute(referral, status, act.who)
    sent = [a for a in model.assignments.values() if a["referral"] == act.id]
    need(status != "accepted" or not sent)
    incident = model.incidents[referral["incident"]]
    if status in ENDED:
        need(not model.asked_now(referral["incident"], referral["agency"]))
        if incident["status"] == "resolved":
            incident |= {"status": "in_progress", "counted": incident["earlier"], "last": None}
            put_back(incident, "resolved")
    del referral["at"][status]
    referral |= {"status": referral["before"], "last": None}
    nobody_drives(model, referral["incident"])


def nobody_drives(model: Model, id: int) -> None:
    """An incident is in progress only while something was begun."""
    drove = any("en_route" in a["at"] for a in model.assignments.values() if a["incident"] == id)
    done = any(r["status"] == "completed" for r in model.asked(id))
    if model.incidents[id]["status"] == "in_progress" and not (drove or done):
        model.incidents[id] |= {"status": "dispatched", "last": None}


def _step(model: Model, act: Act, before: set[str], to: str) -> Thing:
    referral = model.mine(act)
    need(act.who in AGENCY[referral["agency"]] and referral["status"] in before)
    referral |= {"before": referral["status"], "status": to, "last": model.did(to, act)}
    referral["at"][to] = model.now
    return referral


def _ended(model: Model, referral: Thing) -> None:
    incident, asked = model.incidents[referral["incident"]], model.asked(referral["incident"])
    completed = frozenset(r["id"] for r in asked if r["status"] == "completed")
    if any(r["status"] not in ENDED for r in asked) or not completed - incident["counted"]:
        return
    if incident["status"] in {"dispatched", "in_progress"}:
        incident |= {
            "status": "resolved", "last": None, "earlier": incident["counted"],
            "counted": completed, "resolved_before": incident["at"].get("resolved"),
        }  # fmt: skip
        incident["at"]["resolved"] = model.now


ACTS = (acknowledge, check, accept, hand_back, pass_on, take_over, complete, undo_referral)
