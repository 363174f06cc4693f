"""What simulated people do next with a sample case: the operator, and one dispatcher per agency.

Pure. The next act follows from the case as the API shows it, so the simulator may be stopped and
started at any time, and a real person who takes a step is simply followed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from gis_dispatch.domain.overruling import overruled

Case = Mapping[str, Any]
Verb = Literal[
    "refer", "acknowledge", "check_readiness", "accept", "send_units", "complete", "close"
]

# Seconds between a stamp and what follows it: the least, and how much more at most.
PAUSES: dict[Verb, tuple[float, float]] = {
    "refer": (4, 6),
    "acknowledge": (3, 6),
    "check_readiness": (5, 8),
    "accept": (2, 3),
    "send_units": (3, 6),
    "complete": (15, 30),
    "close": (20, 40),
}
OVER = frozenset({"closed", "cancelled", "duplicate", "out_of_area"})


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do, by whom, when."""

    verb: Verb
    at: datetime
    who: str
    """`operator`, or the code of the agency whose dispatcher acts."""
    referral: Mapping[str, Any] = field(default_factory=dict)


def next_acts(case: Case, speed: float = 1.0) -> list[Act]:
    """Everything that simulated people have to do about this case, soonest first."""
    if case["status"] in OVER or not case["sample"]:
        return []
    acts = [act for referral in case["referrals"] if (act := _of_agency(case, referral, speed))]
    operator = _of_operator(case, speed)
    return sorted([*acts, operator] if operator else acts, key=lambda act: act.at)


def _of_operator(case: Case, speed: float) -> Act | None:
    if case["status"] == "verified" and not case["referrals"]:
        return _act("refer", case, case["location"]["verified_at"], "operator", speed)
    if case["status"] == "resolved":
        stamps = [_last(referral) for referral in case["referrals"]]
        return _act("close", case, max(stamps), "operator", speed)
    return None


def _of_agency(case: Case, referral: Mapping[str, Any], speed: float) -> Act | None:
    status = referral["status"]
    verb: Verb | None = None
    since = _last(referral)
    if status == "sent":
        verb = "acknowledge"
    elif status == "acknowledged":
        verb = "check_readiness"
    elif status == "ready":
        verb = "accept"
    elif status == "accepted":
        sent = [one for one in case["assignments"] if one["referral_id"] == referral["id"]]
        if not sent:
            verb = "send_units"
        elif all(one["status"] in {"cleared", "cancelled"} for one in sent):
            verb = "complete"
            since = max(_moment(one["cleared_at"] or one["cancelled_at"]) for one in sent)
    if verb is None:
        return None
    return _act(verb, case, since, referral["agency"]["code"], speed, referral)


def _act(
    verb: Verb,
    case: Case,
    since: datetime | str,
    who: str,
    speed: float,
    referral: Mapping[str, Any] | None = None,
) -> Act:
    least_s, more_s = PAUSES[verb]
    share = chance(case["number"], verb, who)
    at = _moment(since).timestamp() + (least_s + more_s * share) / speed
    return Act(verb, datetime.fromtimestamp(at, _moment(since).tzinfo), who, referral or {})


def chance(*words: str) -> float:
    """A number from 0 to 1 that is always the same for the same words."""
    digest = sha256("|".join(words).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def agencies_to_ask(proposal: Sequence[Mapping[str, Any]], able: Collection[str]) -> list[str]:
    """The lead and one more, of those that have simulated units: samples stay small."""
    proposed = [one for one in proposal if one["code"] in able]
    lead = [one["code"] for one in proposed if one["role"] == "lead"]
    support = [one["code"] for one in proposed if one["role"] != "lead"]
    return [*lead[:2], *support[:1]][:2]


def units_to_send(
    ranking: Mapping[str, Any], priority: int, fleet: Collection[int], *, lead: bool
) -> tuple[list[int], bool]:
    """The first simulated units of the set, or else of the list; whether that needs a reason.

    The lead agency sends two to what is urgent.
    """
    count = 2 if lead and priority == 1 else 1
    ranked = [int(one["unit"]["id"]) for one in ranking["ranked"]]
    wanted = (ranking["best_set"] or {"chosen": []})["chosen"]
    chosen = [id for id in ranked if id in {one["unit_id"] for one in wanted}]
    ours = [id for id in chosen if id in fleet] or [id for id in ranked if id in fleet]
    sent = ours[:count]
    return sent, bool(sent) and overruled(ranked, chosen, sent) is not None


def _last(referral: Mapping[str, Any]) -> datetime:
    names = ("sent_at", "acknowledged_at", "ready_at", "accepted_at", "completed_at")
    return max(
        _moment(referral[name]) for name in (*names, "handed_back_at") if referral[name] is not None
    )


def _moment(stamp: datetime | str) -> datetime:
    return stamp if isinstance(stamp, datetime) else datetime.fromisoformat(stamp)
