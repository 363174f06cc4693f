"""Simulated people take one permitted step after the other, and leave real cases alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gis_dispatch.simulation.people import (
    PAUSES,
    agencies_to_ask,
    chance,
    next_acts,
    units_to_send,
)

T0 = "2026-11-23T09:30:00Z"
STAMPS = (
    "sent_at",
    "acknowledged_at",
    "ready_at",
    "accepted_at",
    "handed_back_at",
    "completed_at",
)


def case(status: str = "dispatched", *, sample: bool = True, **more: Any) -> dict[str, Any]:
    base = {
        "number": "20261123-0001",
        "status": status,
        "sample": sample,
        "location": {"verified_at": T0},
        "referrals": [],
        "assignments": [],
    }
    return base | more


def referral(status: str, **stamps: str) -> dict[str, Any]:
    base: dict[str, Any] = {"id": 7, "status": status, "agency": {"code": "damkar"}}
    return base | dict.fromkeys(STAMPS) | {"sent_at": T0} | stamps


@pytest.mark.parametrize(
    ("status", "verb"),
    [
        ("sent", "acknowledge"),
        ("acknowledged", "check_readiness"),
        ("ready", "accept"),
        ("accepted", "send_units"),
    ],
)
def test_an_agency_follows_the_procedure(status: str, verb: str) -> None:
    [act] = next_acts(case(referrals=[referral(status)]))
    assert (act.verb, act.who) == (verb, "damkar")
    least_s, more_s = PAUSES[act.verb]
    waited_s = (act.at - datetime.fromisoformat(T0)).total_seconds()
    assert least_s <= waited_s <= least_s + more_s


def test_the_operator_refers_and_closes() -> None:
    assert [act.verb for act in next_acts(case("verified"))] == ["refer"]
    done = referral("completed", completed_at="2026-11-23T10:00:00Z")
    [act] = next_acts(case("resolved", referrals=[done]))
    assert (act.verb, act.who) == ("close", "operator")
    assert act.at > datetime.fromisoformat("2026-11-23T10:00:00Z")


def test_nobody_completes_while_a_unit_is_out() -> None:
    out = {"referral_id": 7, "status": "on_scene", "cleared_at": None, "cancelled_at": None}
    busy = case(referrals=[referral("accepted")], assignments=[out])
    assert next_acts(busy) == []
    back = out | {"status": "cleared", "cleared_at": "2026-11-23T10:00:00Z"}
    [act] = next_acts(case(referrals=[referral("accepted")], assignments=[back]))
    assert act.verb == "complete"


@pytest.mark.parametrize("status", ["received", "verified", "dispatched", "resolved", "closed"])
def test_real_cases_are_left_alone(status: str) -> None:
    real = case(status, sample=False, referrals=[referral("sent")])
    assert next_acts(real) == []


@pytest.mark.parametrize("status", ["not_ready", "handed_back", "completed"])
def test_what_is_settled_or_odd_is_left_to_people(status: str) -> None:
    assert next_acts(case(referrals=[referral(status)])) == []


def test_a_faster_clock_shortens_every_pause() -> None:
    [slow] = next_acts(case(referrals=[referral("sent")]))
    [fast] = next_acts(case(referrals=[referral("sent")]), speed=10)
    began = datetime.fromisoformat(T0)
    assert (slow.at - began) / 10 == pytest.approx(fast.at - began, abs=timedelta(milliseconds=1))


def test_chance_is_even_and_repeatable() -> None:
    drawn = [chance("case", str(n)) for n in range(1000)]
    assert drawn == [chance("case", str(n)) for n in range(1000)]
    assert 0.45 < sum(drawn) / 1000 < 0.55


def test_only_agencies_with_simulated_units_are_asked() -> None:
    proposal = [
        {"code": "dishub", "role": "support"},
        {"code": "psc119", "role": "lead"},
        {"code": "damkar", "role": "support"},
    ]
    assert agencies_to_ask(proposal, frozenset({"psc119", "damkar"})) == ["psc119", "damkar"]


FLEET = frozenset({3, 5, 9})  # 8 is a real unit


def test_the_lead_sends_two_to_what_is_most_urgent() -> None:
    ranking: dict[str, Any] = {
        "ranked": [{"unit": {"id": n}} for n in (8, 5, 3, 9)],
        "best_set": None,
    }
    # A real unit would be there first: that the sample one goes instead needs a reason.
    assert units_to_send(ranking, 1, FLEET, lead=True) == ([5, 3], True)
    assert units_to_send(ranking, 2, FLEET, lead=True) == ([5], True)
    assert units_to_send(ranking, 1, FLEET, lead=False) == ([5], True)
    assert units_to_send({"ranked": [], "best_set": None}, 1, FLEET, lead=True) == ([], False)
    ranking["best_set"] = {"chosen": [{"unit_id": 9}, {"unit_id": 3}]}
    assert units_to_send(ranking, 1, FLEET, lead=True) == ([3, 9], False)
    assert units_to_send(ranking, 2, FLEET, lead=True) == ([3], False)
