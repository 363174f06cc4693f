"""Referrals with a clock: due by agency and priority, late, up the chain until somebody acts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from gis_dispatch.errors import (
    ReferralNotLate,
    RuleBroken,
)
from gis_dispatch.ports import House
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.admin_refusals import (
    ContactOfOtherAgency,
)
from gis_dispatch.services.cancel_incident import cancel_incident
from gis_dispatch.services.change_incident import change_incident
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.list_late_referrals import list_late_referrals
from gis_dispatch.services.manage_agencies import put_agency
from gis_dispatch.services.manage_contacts import put_contact
from gis_dispatch.services.manage_referral_clocks import put_referral_clock, read_referral_clock
from gis_dispatch.services.notify import notify_new
from gis_dispatch.services.raise_late_referral import raise_late_referral
from gis_dispatch.services.take_over_referral import take_over_referral
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.services.clocks import ADMIN, agree, look_once, raised
from tests.story import Story
from tests.town import People


def due_in(house: House, clock: FakeClock, referral_id: int) -> float | None:
    owed = house.store.reads.one("get_referral", id=referral_id)["clock"]
    if owed is None:
        return None
    [row] = house.store.reads.all("list_clocks", referral_id=referral_id)
    return float((row["due_at"] - clock.now()).total_seconds())


def not_ready(house: House, people: People, referral_id: int) -> None:
    check_readiness(
        house, people.damkar, referral_id,
        crew_ok=False, equipment_ok=True, vehicle_ok=True, ready=False, missing="supir",
    )  # fmt: skip


def test_each_step_has_its_own_time_and_the_last_ends_the_clock(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    assert due_in(town, clock, referral.id) == 60
    clock.forward(20)
    assert due_in(town, clock, referral.id) == 40
    acknowledge_referral(town, people.damkar, referral.id)
    assert due_in(town, clock, referral.id) == 120
    not_ready(town, people, referral.id)
    clock.forward(30)
    not_ready(town, people, referral.id)
    assert due_in(town, clock, referral.id) == 60, "the same answer again buys no time"
    check_readiness(
        town, people.damkar, referral.id,
        crew_ok=True, equipment_ok=True, vehicle_ok=True, ready=True,
    )  # fmt: skip
    assert due_in(town, clock, referral.id) == 90
    accept_referral(town, people.damkar, referral.id)
    assert due_in(town, clock, referral.id) is None


def test_another_priority_counts_at_once(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    clock.forward(70)
    assert due_in(town, clock, referral.id) == -10
    change_incident(town, people.operator, referral.incident_id, priority=3)
    assert due_in(town, clock, referral.id) == 110
    assert look_once(town) == 0
    change_incident(town, people.operator, referral.incident_id, priority=1)
    assert look_once(town) == 1


def test_an_agency_may_have_times_and_a_chain_of_its_own(
    story: Story, town: House, clock: FakeClock
) -> None:
    agree(town)
    put_referral_clock(
        town, ADMIN, "damkar",
        allowed=[{"priority": 1, "step": "acknowledge", "allowed_s": 30}],
        levels=[{"kind": "role", "role": "dispatcher", "after_s": 5}],
    )  # fmt: skip
    referral = story.referral()
    assert due_in(town, clock, referral.id) == 30
    clock.forward(30)
    assert look_once(town) == 1
    clock.forward(5)
    assert look_once(town) == 1
    clock.forward(10_000)
    assert look_once(town) == 0
    assert [(row["level"], row["role"], row["names"]) for row in raised(town, referral.id)] == [
        (0, "dispatcher", ["Agus"]),
        (1, "dispatcher", ["Agus"]),
    ]
    acted = read_referral_clock(town, "damkar")
    assert [one["allowed_s"] for one in acted["allowed"]] == [30]
    assert [one["after_s"] for one in acted["levels"]] == [5]


def test_a_late_step_goes_up_level_by_level_until_somebody_acts(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    before = town.store.reads.value("newest_event_id")
    clock.forward(59)
    assert look_once(town) == 0
    assert list_late_referrals(town) == []
    for wait_s, told in ((1, 1), (59, 0), (1, 1), (119, 0), (1, 1)):
        clock.forward(wait_s)
        assert look_once(town) == told
    [late] = list_late_referrals(town, "damkar")
    assert [(t["level"], t["title"], t["names"], t["phone"]) for t in late["told"]] == [
        (0, None, ["Agus"], None),
        (1, "Kepala piket", [], "0812"),
        (2, None, ["Budi"], None),
    ]
    assert late["next"]["level"] == 3 and late["next"]["at"] == clock.now() + timedelta(seconds=120)
    assert list_late_referrals(town, "bpbd") == []
    clock.forward(100)
    acknowledge_referral(town, people.damkar, referral.id)
    clock.forward(30)
    assert look_once(town) == 0
    assert list_late_referrals(town) == []
    told = [e for e in events_of(town.store, before) if e["kind"].startswith("referral.")]
    assert [(e["kind"], e["data"].get("level")) for e in told] == [
        ("referral.late", 0),
        ("referral.escalated", 1),
        ("referral.escalated", 2),
        ("referral.acknowledged", None),
    ]
    assert told[2]["data"]["overdue_s"] == 180 and told[2]["data"]["told"] == ["Budi"]
    assert "phone" not in told[1]["data"]


def test_after_an_outage_each_level_still_has_its_time(
    story: Story, town: House, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    clock.forward(3600)
    assert look_once(town) == 1
    assert look_once(town) == 0, "nobody above is told in the same second"
    clock.forward(60)
    assert look_once(town) == 1
    assert [row["level"] for row in raised(town, referral.id)] == [0, 1]


def test_a_contact_without_a_number_is_reached_by_the_agency_s_own(
    story: Story, town: House, clock: FakeClock
) -> None:
    agree(town, [{"kind": "contact", "title": "Kepala OPD", "after_s": 10}])
    put_agency(town, ADMIN, "damkar", name="Damkar", short_name="Damkar", phone="113")
    referral = story.referral()
    for wait_s in (60, 10):
        clock.forward(wait_s)
        look_once(town)
    assert raised(town, referral.id)[1]["phone"] == "113"


def test_a_contact_of_the_gateway_is_named_for_the_notices(
    story: Story, town: House, clock: FakeClock
) -> None:
    agree(town)
    contact = put_contact(
        town, ADMIN, None, agency_code="damkar", name="Pak Hasan", way="sms",
        address="+6281234567890", topics=["referral.late"],
    )  # fmt: skip
    level = {"kind": "contact", "title": "Kepala piket", "contact_id": contact, "after_s": 10}
    with pytest.raises(ContactOfOtherAgency, match=r"levels\.0\.contact_id"):
        put_referral_clock(town, ADMIN, "bpbd", allowed=[], levels=[level])
    put_referral_clock(town, ADMIN, "damkar", allowed=[], levels=[level])
    story.referral()
    for wait_s in (60, 10):
        clock.forward(wait_s)
        look_once(town)
    late, escalated = [e["data"] for e in events_of(town.store) if "level" in e["data"]]
    assert (late["tell_users"], late["tell_contacts"]) == ([3], [])
    assert escalated["tell_contacts"] == [contact] and escalated["told"] == ["Pak Hasan"]
    assert notify_new(town.store, clock.now()) == 2, "a contact's SMS for each"


def test_who_takes_it_in_hand_stops_the_chain_for_a_while(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    with pytest.raises(ReferralNotLate, match="damkar"):
        take_over_referral(town, people.lead, referral.id)
    clock.forward(60)
    look_once(town)
    clock.forward(50)
    take_over_referral(town, people.lead, referral.id)
    assert list_late_referrals(town)[0]["taken_by"] == "Budi"
    clock.forward(299)
    assert look_once(town) == 0
    clock.forward(1)
    assert look_once(town) == 1


def test_an_incident_that_is_over_has_no_clock(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    referral = story.referral()
    cancel_incident(town, people.operator, referral.incident_id, "keliru")
    clock.forward(1000)
    assert look_once(town) == 0
    assert not raise_late_referral(town, referral.id)


def test_the_more_urgent_comes_first_then_the_later(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    agree(town)
    land = story.referral(story.incident("kebakaran.lahan"))
    house_fire = story.referral()
    clock.forward(1000)
    assert [row["referral_id"] for row in list_late_referrals(town)] == [house_fire.id, land.id]


def test_many_workers_at_once_raise_it_once(story: Story, town: House, clock: FakeClock) -> None:
    agree(town)
    referral = story.referral()
    clock.forward(61)
    with ThreadPoolExecutor(6) as workers:
        done = list(workers.map(lambda _: raise_late_referral(town, referral.id), range(12)))
    assert sum(done) == 1
    assert [row["level"] for row in raised(town, referral.id)] == [0]


@pytest.mark.parametrize(
    ("acts", "level", "rule"),
    [
        (True, 0, "raise_needs_a_late_step"),
        (False, 1, "levels_are_raised_in_order"),
    ],
)
def test_the_database_refuses_a_raise_after_the_step_or_out_of_order(
    story: Story, town: House, people: People, clock: FakeClock, acts: bool, level: int, rule: str
) -> None:
    agree(town)
    referral = story.referral()
    [row] = town.store.reads.all("list_clocks", referral_id=referral.id)
    clock.forward(120)
    if acts:
        acknowledge_referral(town, people.damkar, referral.id)
    with pytest.raises(RuleBroken, match=rule), town.store.transaction() as tx:
        tx.run(
            "add_raise", referral_id=referral.id, step=row["step"], began_at=row["began_at"],
            level=level, due_at=row["due_at"], raised_at=clock.now(), kind="role",
            role="dispatcher", user_ids=[], names=[],
        )  # fmt: skip
