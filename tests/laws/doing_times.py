"""Times that were entered wrongly are corrected: between their neighbours, and nothing else."""

from tests.laws.knowing import AGENCY, ENDED, OPERATORS, Act, Model, Span, Thing, need

ORDER = {
    "calls": ("received", "answered", "ended"),
    "incidents": ("received", "verified", "resolved", "closed"),
    "referrals": ("sent", "acknowledged", "ready", "accepted", "handed_back", "completed"),
    "assignments": (
        "dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital",
        "cleared", "cancelled",
    ),
}  # fmt: skip
TOLD_BY_MACHINES = {
    "calls": {"received"}, "incidents": {"received", "resolved"}, "referrals": {"sent", "ready"},
    "assignments": set(),
}  # fmt: skip


def correct_call(model: Model, act: Act) -> None:
    need(act.who in OPERATORS)
    _correct(model, act, "calls", model.calls[act.id]["at"], [], [])


def correct_incident(model: Model, act: Act) -> None:
    incident = model.incidents[act.id]
    need(act.who in OPERATORS)
    kept = dict(incident["at"])
    if incident["status"] != "closed":
        # What was reported before a reopening bounds nothing, and stands as it was reported.
        kept.pop("resolved", None)
        kept.pop("closed", None)
    sent = [r["at"]["sent"] for r in model.asked(act.id)] if act.word == "verified" else []
    incident["at"] |= _correct(model, act, "incidents", kept, [], sent)


def correct_referral(model: Model, act: Act) -> None:
    referral = model.referrals[act.id]
    need(act.who in AGENCY[referral["agency"]])
    ceilings: list[Span] = []
    if act.word == "accepted":
        ceilings = [
            a["at"]["dispatched"] for a in model.assignments.values() if a["referral"] == act.id
        ]
    resolved = model.incidents[referral["incident"]]["at"].get("resolved")
    ended: Span | None = referral["at"].get(act.word)
    if act.word in ENDED and resolved and ended and ended.first <= resolved.first:
        ceilings = [resolved]
    _correct(model, act, "referrals", referral["at"], [], ceilings)


def correct_assignment(model: Model, act: Act) -> None:
    assignment = model.assignments[act.id]
    need(act.who in model.office(assignment["unit"]))
    accepted = model.referrals[assignment["referral"]]["at"].get("accepted")
    _correct(model, act, "assignments", assignment["at"], [accepted] if accepted else [], [])


def _correct(
    model: Model, act: Act, kind: str, stamps: Thing, floors: list[Span], ceilings: list[Span]
) -> Thing:
    order = ORDER[kind]
    need(act.word in order and act.word not in TOLD_BY_MACHINES[kind] and act.word in stamps)
    assert act.at is not None
    need(act.at <= model.now.first)
    to, was, place = Span.at(act.at), stamps[act.word], order.index(act.word)
    need(to != was)
    for floor in (*floors, *(stamps[name] for name in order[:place] if name in stamps)):
        model.not_before(to, floor)
    for ceiling in (*ceilings, *(stamps[name] for name in order[place + 1 :] if name in stamps)):
        model.not_before(ceiling, to)
    stamps[act.word] = to
    return stamps


ACTS = (correct_call, correct_incident, correct_referral, correct_assignment)
