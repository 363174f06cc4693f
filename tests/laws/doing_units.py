"""What happens to units: they are sent, drive, are called back, stand by elsewhere, go off duty."""

from functools import reduce

from tests.laws.doing_agencies import nobody_drives
from tests.laws.knowing import DESK, DONE, OPERATORS, Act, Model, Span, Thing, need

NEXT_STEP = {
    "dispatched": {"acknowledged"},
    "acknowledged": {"en_route"},
    "en_route": {"on_scene"},
    "on_scene": {"transporting", "cleared"},
    "transporting": {"at_hospital"},
    "at_hospital": {"cleared"},
}
UNDER_WAY = {"en_route", "on_scene"}


def assign(model: Model, act: Act) -> None:
    referral, unit = model.mine(act), model.units[act.other]
    need(referral["status"] == "accepted" and unit["agency"] == referral["agency"])
    need(unit["duty"] == "available" and not model.busy(act.other))
    overtake(model, act.other)


def overtake(model: Model, unit: int) -> None:
    for move in model.moving(unit):
        move["status"] = "overtaken"


def step(model: Model, act: Act) -> None:
    assignment = model.assignments[act.id]
    need(act.who in model.crew(assignment["unit"]))
    if act.at is not None and assignment["at"].get(act.word) == Span.at(act.at):
        return
    if act.key in model.keys:
        return
    need(assignment["status"] != "cancelled" and act.word not in assignment["at"])
    moment = model.moment(act.at, last_of(assignment))
    need(act.word in NEXT_STEP.get(assignment["status"], ()))
    assignment |= {
        "status": act.word, "before": assignment["status"], "last": model.did(act.word, act),
    }  # fmt: skip
    assignment["at"][act.word] = moment
    if act.key:
        model.keys |= {act.key}
    incident = model.incidents[assignment["incident"]]
    if act.word in UNDER_WAY and incident["status"] == "dispatched":
        incident |= {"status": "in_progress", "last": None}


def call_back(model: Model, act: Act) -> None:
    assignment = model.assignments[act.id]
    need(act.who in model.office(assignment["unit"]))
    need(assignment["status"] in {"dispatched", "acknowledged", "en_route"})
    assignment |= {
        "status": "cancelled", "before": assignment["status"],
        "last": model.did("cancelled", act),
    }  # fmt: skip
    assignment["at"]["cancelled"] = model.now.later(last_of(assignment))


def undo_step(model: Model, act: Act) -> None:
    assignment = model.assignments[act.id]
    status = assignment["status"]
    need(act.who in model.crew(assignment["unit"]) and status != "dispatched")
    model.within_a_minute(assignment, status, act.who)
    need(model.referrals[assignment["referral"]]["status"] == "accepted")
    if status in DONE:
        need(model.units[assignment["unit"]]["duty"] == "available")
        need(not model.busy(assignment["unit"]))
    del assignment["at"][status]
    assignment |= {"status": assignment["before"], "last": None}
    nobody_drives(model, assignment["incident"])


def duty(model: Model, act: Act) -> None:
    unit = model.units[act.id]
    need(act.who in model.office(act.id))
    if unit["duty"] != act.word:
        need(act.word == "available" or not model.busy(act.id))
        unit["duty"] = act.word
        if act.word != "available":
            overtake(model, act.id)


def order_move(model: Model, act: Act) -> None:
    unit = model.units[act.id]
    need(act.who in model.office(act.id) and unit["agency"] == act.word)
    need(unit["duty"] == "available" and not model.busy(act.id) and not model.moving(act.id))


def arrive(model: Model, act: Act) -> None:
    move = model.moves[act.id]
    need(act.who in model.crew(move["unit"]))
    if move["status"] != "arrived":
        need(move["status"] == "ordered")
        move["status"] = "arrived"


def take_back_move(model: Model, act: Act) -> None:
    move = model.moves[act.id]
    need(act.who in model.office(move["unit"]) and move["status"] == "ordered")
    move["status"] = "taken_back"


# The change of shifts.
def give_shift(model: Model, act: Act) -> None:
    desk = DESK.get(act.who)
    need(act.who in OPERATORS or desk)
    need(not any(h["desk"] == desk and not h["taken"] for h in model.handovers.values()))


def take_shift(model: Model, act: Act) -> None:
    handover = model.handovers[act.id]
    need(act.who in OPERATORS or act.who in DESK)
    need(handover["desk"] == DESK.get(act.who) and not handover["taken"])
    need(handover["by"] != act.who)
    handover["taken"] = True


def last_of(assignment: Thing) -> Span:
    """The newest stamp of the way; nothing may be dated before it."""
    stamps = [at for name, at in assignment["at"].items() if name not in DONE]
    return reduce(Span.later, stamps)


ACTS = (
    assign, step, call_back, undo_step, duty, order_move, arrive, take_back_move, give_shift,
    take_shift,
)  # fmt: skip
