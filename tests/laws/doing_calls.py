"""What happens to calls."""

from tests.laws.knowing import OPERATORS, Act, Model, Thing, need


def answer(model: Model, act: Act) -> None:
    call = model.calls[act.id]
    need(act.who in OPERATORS and not call["is"] and call["at"].keys() == {"received"})
    call["at"]["answered"] = model.now
    call["last"] = model.did("answered", act)


def hang_up(model: Model, act: Act) -> None:
    call = model.calls[act.id]
    need(act.who in OPERATORS and "ended" not in call["at"])
    call["at"]["ended"] = model.now
    call["last"] = model.did("ended", act)


def dismiss(model: Model, act: Act) -> None:
    call = model.calls[act.id]
    need(act.who in OPERATORS and not call["is"])
    call["before"] = frozenset(call["at"])
    _answered_too(model, call)
    call["at"].setdefault("ended", model.now)
    call |= {"is": "prank", "last": model.did("closed", act)}


def link(model: Model, act: Act) -> None:
    call = model.calls[act.id]
    need(act.who in OPERATORS and not call["is"])
    _answered_too(model, call)
    call |= {"is": "incident", "incident": model.end_of(act.other), "last": None}


def undo_call(model: Model, act: Act) -> None:
    call = model.calls[act.id]
    need(act.who in OPERATORS and call["last"])
    step = call["last"][0]
    model.within_a_minute(call, step, act.who)
    if step == "closed":
        call["at"] = {name: at for name, at in call["at"].items() if name in call["before"]}
        call["is"] = None
    else:
        need(not call["is"])
        del call["at"][step]
    call["last"] = None


def _answered_too(model: Model, call: Thing) -> None:
    """Who can say what a caller wanted has answered."""
    if "ended" not in call["at"]:
        call["at"].setdefault("answered", model.now)


ACTS = (answer, hang_up, dismiss, link, undo_call)
