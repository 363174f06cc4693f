"""From a few numbers that hypothesis draws to somebody's act on one of the newest things."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.laws.cast import PEOPLE, STATIONS
from tests.laws.doing_times import ORDER
from tests.laws.doing_units import NEXT_STEP
from tests.laws.knowing import CREW_UNIT, Act, Model
from tests.laws.phones import WAYS

OF = {
    "calls": ("answer", "hang_up", "dismiss", "undo_call", "link", "correct_call"),
    "incidents": (
        "verify", "cancel", "merge", "reopen", "close", "undo_incident", "refer", "alarm",
        "transfer", "correct_incident",
    ),
    "referrals": (
        "acknowledge", "check", "accept", "hand_back", "complete", "undo_referral", "assign",
        "pass_on", "take_over", "correct_referral",
    ),
    "assignments": ("step", "step", "call_back", "undo_step", "correct_assignment"),
    "units": ("duty", "order_move", "fly", "fly"),
    "moves": ("arrive", "take_back_move"),
    "handovers": ("take_shift",),
}  # fmt: skip
OF_NOTHING = ("ring", "record", "give_shift", "look", "look", "raise")
NAMES = (*OF_NOTHING, *(name for names in OF.values() for name in names))
DUTIES = ("available", "available", "off_duty", "out_of_service")
AT_112 = ("operator", "operator 2", "lead")
OFFICE = ("damkar", "damkar 2", "bpbd", "lead")
CREWS = ("crew", "crew 2")
LATER_S = (None, 0.0, 0.0, -3.0, -1200.0, 30.0, 3600.0)
"""By how much a phone's clock, or its buffer, is away from now."""
CORRECTED_BY_S = (-0.3, -3600.0, 0.0, 0.2, 7200.0, -0.001, 0.001)

Chosen = tuple[str, str, int, int, int]
chosen = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(PEOPLE), st.integers(0, 5), st.integers(0, 5),
    st.integers(0, 6),
)  # fmt: skip


def act_of(model: Model, one: Chosen, now: datetime) -> Act | None:
    """None when there is nothing of the kind. The same drawn twice in a round is one phone that
    sends the same twice.
    """
    name, who, which, other, third = one
    key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{now.timestamp()} {one}"))
    if name in OF_NOTHING:
        at_desk = name == "give_shift" and who not in CREWS
        return Act(
            name, who if at_desk else "operator", key=key,
            word="verified" if name == "record" and which % 3 else "",
        )  # fmt: skip
    kind = next(kind for kind, names in OF.items() if name in names)
    ids = newest(model, kind)
    if not ids:
        return None
    id = ids[which % len(ids)]
    who = _somebody(name, kind, who)
    if name.startswith("correct_"):
        return _correction(model, name, who, kind, id, other, third, now)
    if name in {"link", "merge"}:
        incidents = newest(model, "incidents")
        return Act(name, who, id, incidents[other % len(incidents)]) if incidents else None
    if name == "assign":
        units = sorted(model.units)
        unit = units[(which + other) % len(units)]
        return Act(name, who, id, unit, str(model.referrals[id]["incident"]))
    if name == "alarm":
        return Act(name, who, id, 1 + other % 3)
    if name == "order_move":
        station = 1 + other % len(STATIONS)
        return Act(name, who, id, station, STATIONS[station])
    if name == "step":
        words = _steps(model, id)
        later_s = LATER_S[third]
        at = None if later_s is None else now + timedelta(seconds=later_s)
        return Act(name, who, id, word=words[other % len(words)], at=at, key=key)
    words = {
        "refer": ("damkar", "bpbd"), "pass_on": ("damkar", "bpbd"), "duty": DUTIES,
        "check": ("ready", "ready", "not_ready"), "fly": WAYS,
    }.get(name, ("",))  # fmt: skip
    return Act(name, who, id, word=words[(other + 6 * third) % len(words)])


def newest(model: Model, kind: str) -> list[int]:
    """The newest few; of assignments those that are open before others."""
    things: dict[int, Any] = getattr(model, kind)
    if kind == "units":
        return [CREW_UNIT, *things]
    if kind == "assignments":
        # The crew's phones have one unit, and it is out only now and then.
        of_crew = [id for id, a in things.items() if a["unit"] == CREW_UNIT][-1:]
        return [*of_crew, *sorted(things)[-5:][::-1]]
    return sorted(things)[-6:][::-1]


def _somebody(name: str, kind: str, who: str) -> str:
    """Mostly somebody whose work it is; the permission table is tested elsewhere."""
    if kind in {"calls", "incidents"}:
        return who if who in AT_112 else "operator"
    if name in {"step", "undo_step", "arrive"}:
        return who if who in CREWS else _office(who)
    if name == "take_over":
        return "lead"
    if kind == "handovers":
        return "damkar 2" if who in CREWS else who
    return _office(who)


def _office(who: str) -> str:
    return who if who in OFFICE else "damkar"


def _steps(model: Model, id: int) -> tuple[str, ...]:
    """Mostly the step that comes next, now and then any other."""
    next_ones = tuple(sorted(NEXT_STEP.get(model.assignments[id]["status"], ())))
    return (*next_ones, *next_ones, *next_ones, "on_scene")


def _correction(
    model: Model, name: str, who: str, kind: str, id: int, other: int, third: int, now: datetime
) -> Act:
    stamps = getattr(model, kind)[id]["at"]
    names = [*stamps, *stamps, *ORDER[kind]]
    word = names[(other + 6 * third) % len(names)]
    by = timedelta(seconds=CORRECTED_BY_S[third])
    to = (stamps[word].first if word in stamps else now) + by
    return Act(name, who, id, word=word, at=to if third == 4 else min(to, now))
