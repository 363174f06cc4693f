"""Readiness: what is known of units, the check that is kept, and whom else to ask."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.errors import (
    AgencyAlreadyReferred,
    AgencyNotYours,
    ChoiceUnknown,
    NumberOutOfRange,
    TextMissing,
    UnitNotYours,
)
from gis_dispatch.ports import House, Row
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.check_unit import check_unit
from gis_dispatch.services.manage_crew_needs import list_crew_needs, put_crew_needs
from gis_dispatch.services.manage_units import change_unit
from gis_dispatch.services.pass_on_referral import pass_on_referral
from gis_dispatch.services.prepare_readiness import prepare_readiness
from gis_dispatch.services.propose_others import propose_others
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.read_readiness import readiness_of
from gis_dispatch.services.readiness_refusals import (
    DefectMissing,
    EquipmentNotThere,
    NothingChecked,
    NotThisAgency,
)
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.replay_recommendation import replay_recommendation
from tests.fakes import FakeClock
from tests.story import Story
from tests.town import People

ADMIN = Actor(2, "Budi", ADMINISTRATOR)
CREW = [
    {"name": "Joko", "duty_role": "pengemudi"},
    {"name": "Ani", "duty_role": "operator pompa"},
    {"name": "Dedi", "duty_role": "petugas"},
    {"name": "Rudi", "duty_role": "petugas"},
]
FULL = {"fuel": 90, "water": 100}


@pytest.fixture
def engine(town: House, people: People) -> Row:
    """The first engine with a whole crew, breathing apparatus, full tanks and a sound vehicle."""
    with town.store.transaction() as tx:
        rows = [
            {"skill": "driver", "number": 1},
            {"skill": "pump_operator", "number": 1},
            {"skill": "firefighter", "number": 2},
        ]
        tx.run("fill_crew_needs", type="pemadam", rows=rows)
    things = [{"name": "Alat bantu napas", "quantity": 4}, {"name": "Selang", "quantity": 8}]
    change_unit(town, ADMIN, 1, {"crew": CREW, "equipment": things})
    return check_unit(town, people.crew, 1, supplies=FULL, vehicle={"fit": True})


def lacks(town: House, clock: FakeClock, unit_id: int = 1) -> list[str]:
    row = readiness_of(town.store.reads, clock.now(), unit_id)
    return [one["sentence_en"] for one in row["missing"]]


def test_a_unit_in_order_lacks_nothing(engine: Row) -> None:
    assert engine["ready"] and engine["missing"] == [] and engine["unknown"] == []
    assert (engine["crew"][0]["name"], engine["crew"][0]["skills"]) == ("Joko", ["driver"])
    assert {t["name"]: t["valid_days"] for t in engine["equipment"]} == {
        "Alat bantu napas": 7,
        "Selang": None,
    }


def test_what_is_missing_is_named(
    engine: Row, town: House, people: People, clock: FakeClock
) -> None:
    change_unit(town, ADMIN, 1, {"crew": [CREW[0], *CREW[2:]]})
    check_unit(town, people.damkar, 1, supplies={"fuel": 10})
    assert lacks(town, clock) == ["Pump operator", "Fuel 10 %"]
    clock.forward(10 * 86_400)
    check_unit(town, people.damkar, 1, supplies=FULL, vehicle={"fit": False, "defect": "rem blong"})
    assert lacks(town, clock) == [
        "Pump operator",
        "Alat bantu napas: check overdue since 3 days",
        "vehicle: rem blong",
    ]


def test_a_changed_list_keeps_what_is_known_of_its_things(
    engine: Row, town: House, people: People, clock: FakeClock
) -> None:
    thing = engine["equipment"][0]
    check_unit(
        town, people.crew, 1,
        equipment=[{"id": thing["id"], "fit": False, "defect": "tekanan hilang"}],
    )  # fmt: skip
    things = [{"name": "alat bantu NAPAS", "fit": False}, {"name": "Nozel"}]
    change_unit(town, ADMIN, 1, {"equipment": things})
    after = readiness_of(town.store.reads, clock.now(), 1)["equipment"]
    assert [(t["name"], t["defect"]) for t in after] == [
        ("alat bantu NAPAS", "tekanan hilang"),
        ("Nozel", None),
    ]
    assert after[0]["id"] == thing["id"] and after[0]["checked_by"] == "Joko"


def test_a_late_report_never_hides_a_newer_one(
    engine: Row, town: House, people: People, clock: FakeClock
) -> None:
    clock.forward(7200)
    check_unit(town, people.crew, 1, supplies={"fuel": 40}, vehicle={"fit": True})
    hour_ago = clock.now() - timedelta(hours=1)
    after = check_unit(
        town, people.crew, 1, supplies={"fuel": 5}, vehicle={"fit": False, "defect": "ban"},
        equipment=[{"id": engine["equipment"][0]["id"], "fit": False}], occurred_at=hour_ago,
    )  # fmt: skip
    assert [s["percent"] for s in after["supplies"]] == [40, 100]
    assert after["vehicle"]["fit"] is True
    # The equipment was last looked at before that, so there the report is the newest.
    assert after["equipment"][0]["fit"] is False
    kinds = [e["kind"] for e in town.store.reads.all("list_new_events", after=0, most=500)]
    assert kinds.count("unit.checked") == 3


def test_a_look_that_cannot_be_is_refused(engine: Row, town: House, people: People) -> None:
    with pytest.raises(NothingChecked):
        check_unit(town, people.crew, 1)
    with pytest.raises(UnitNotYours):
        check_unit(town, people.crew, 2, supplies=FULL)
    with pytest.raises(AgencyNotYours):
        check_unit(town, people.bpbd, 1, supplies=FULL)
    with pytest.raises(ChoiceUnknown, match="oxygen"):
        check_unit(town, people.crew, 1, supplies={"oxygen": 50})
    with pytest.raises(NumberOutOfRange, match=r"supplies\.fuel"):
        check_unit(town, people.crew, 1, supplies={"fuel": 101})
    with pytest.raises(DefectMissing):
        check_unit(town, people.crew, 1, vehicle={"fit": False})
    with pytest.raises(EquipmentNotThere, match="DMK-1"):
        check_unit(town, people.crew, 1, equipment=[{"id": 999_999, "fit": True}])


def acknowledged(story: Story, town: House, people: People) -> int:
    referral = story.referral()
    acknowledge_referral(town, people.damkar, referral.id)
    return referral.id


def check(town: House, people: People, referral_id: int, **said: Any) -> Row:
    ticks = {"crew_ok": True, "equipment_ok": True, "vehicle_ok": True, "ready": True}
    check_readiness(town, people.damkar, referral_id, **{**ticks, **said})
    incident = town.store.reads.one("get_referral", id=referral_id)["incident_id"]
    return town.store.reads.all("list_readiness_checks", incident_id=incident)[-1]


def test_the_check_begins_with_what_is_known(
    engine: Row, story: Story, town: House, people: People
) -> None:
    referral_id = acknowledged(story, town, people)
    known = prepare_readiness(town, people.damkar, referral_id)
    # A truck cannot put out a fire; the three engines can, and one of them lacks nothing.
    assert [u["call_sign"] for u in known["units"]] == ["DMK-1", "DMK-2", "DMK-3"]
    assert (known["wanted"], known["complete"]) == (3, 1)
    assert known["prefilled"] == {
        "crew_ok": True, "equipment_ok": True, "vehicle_ok": True,
        "missing_id": None, "missing_en": None,
    }  # fmt: skip
    change_unit(town, ADMIN, 1, {"crew": CREW[:2]})
    lacking = prepare_readiness(town, people.damkar, referral_id)["prefilled"]
    assert (lacking["crew_ok"], lacking["equipment_ok"], lacking["vehicle_ok"]) == (
        False, True, True,
    )  # fmt: skip
    assert lacking["missing_id"].startswith("DMK-1: 2 Petugas pemadam; DMK-2: awak belum dicatat")
    with pytest.raises(AgencyNotYours):
        prepare_readiness(town, people.bpbd, referral_id)


def test_the_whole_check_is_kept_with_what_the_person_changed(
    engine: Row, story: Story, town: House, people: People
) -> None:
    referral_id = acknowledged(story, town, people)
    kept = check(town, people, referral_id, crew_ok=False, ready=False, missing="sopir sakit")
    assert kept["known"]["changed"] == ["crew_ok"]
    names = [p["name"] for p in kept["known"]["units"][0]["crew"]]
    assert names == ["Joko", "Ani", "Dedi", "Rudi"]
    change_unit(town, ADMIN, 1, {"crew": []})
    later = check(town, people, referral_id)
    assert later["known"]["changed"] == ["crew_ok"] and later["known"]["units"][0]["crew"] == []


def test_another_agency_is_proposed_by_when_it_could_be_there(
    story: Story, town: House, people: People
) -> None:
    incident = story.incident("kebakaran.lahan")
    referral = refer_incident(town, people.operator, incident.id, ["bpbd"])[0]
    found = propose_others(town, people.bpbd, referral.id)["items"]
    assert [(one["code"], one["referred"]) for one in found] == [("damkar", False)]
    units = found[0]["units"]
    assert found[0]["unit_count"] == 3 and len(units) == 3
    assert [u["total_time_s"] for u in units] == sorted(u["total_time_s"] for u in units)
    with pytest.raises(AgencyNotYours):
        propose_others(town, people.damkar, referral.id)


def test_only_those_who_can_do_it_are_proposed(story: Story, town: House, people: People) -> None:
    referral_id = acknowledged(story, town, people)
    # The plan asks for fire suppression, and BPBD has a truck only.
    assert propose_others(town, people.damkar, referral_id) == {"items": [], "neighbours": []}


def test_a_referral_is_passed_on_whole_or_not_at_all(
    story: Story, town: House, people: People
) -> None:
    referral_id = acknowledged(story, town, people)
    check(town, people, referral_id, crew_ok=False, ready=False, missing="sopir sakit")
    with pytest.raises(TextMissing):
        pass_on_referral(town, people.damkar, referral_id, agency="bpbd", reason=" ")
    with pytest.raises(NotThisAgency):
        pass_on_referral(town, people.damkar, referral_id, agency="damkar", reason="sopir sakit")
    with pytest.raises(AgencyNotYours):
        pass_on_referral(town, people.bpbd, referral_id, agency="pln", reason="sopir sakit")
    made = pass_on_referral(town, people.damkar, referral_id, agency="bpbd", reason="sopir sakit")
    own = town.store.reads.one("get_referral", id=referral_id)
    assert (own["status"], own["hand_back_reason"]) == ("handed_back", "sopir sakit")
    assert (made.agency_code, made.status, made.note) == ("bpbd", "sent", "sopir sakit")
    status = town.store.reads.one("get_incident", id=made.incident_id)["status"]
    assert status == "dispatched"


def test_an_agency_may_ask_another_one_beside_itself(
    story: Story, town: House, people: People
) -> None:
    referral_id = acknowledged(story, town, people)
    check(town, people, referral_id, crew_ok=False, ready=False, missing="kurang air")
    pass_on_referral(
        town, people.damkar, referral_id, agency="bpbd", reason="kurang air", hand_back=False
    )
    assert town.store.reads.one("get_referral", id=referral_id)["status"] == "not_ready"
    with pytest.raises(AgencyAlreadyReferred):
        pass_on_referral(town, people.damkar, referral_id, agency="bpbd", reason="kurang air")
    # Nothing of the second try is left: the own referral was not handed back into nothing.
    assert town.store.reads.one("get_referral", id=referral_id)["status"] == "not_ready"


def test_a_city_may_leave_out_what_is_not_complete(
    engine: Row, story: Story, town: House, people: People
) -> None:
    incident = story.incident()
    told = rank_units(town, people.damkar, incident.id)
    assert [line["unit"]["call_sign"] for line in told["ranked"]] == ["DMK-1", "DMK-2"]
    strict = replace(town, leaves_out_incomplete=True)
    ranking = rank_units(strict, people.damkar, incident.id)
    assert [line["unit"]["call_sign"] for line in ranking["ranked"]] == ["DMK-1"]
    left_out = {line["unit"]["call_sign"]: line for line in ranking["left_out"]}
    assert left_out["DMK-2"]["code"] == "incomplete"
    assert left_out["DMK-2"]["reason_en"].startswith("Not complete: no crew entered")
    # Worked out again it is the same, whatever was checked or switched since.
    check_unit(town, people.damkar, 1, supplies={"fuel": 1})
    again = replay_recommendation(town, ranking["recommendation_id"])
    assert again["same"], again["differences"]


def test_an_administrator_says_what_a_crew_needs(
    engine: Row, town: House, clock: FakeClock
) -> None:
    put_crew_needs(town, ADMIN, "pemadam", [{"skill": "nurse", "number": 2}])
    assert lacks(town, clock) == ["2 Nurse"]
    with pytest.raises(ChoiceUnknown, match="terbang"):
        put_crew_needs(town, ADMIN, "pemadam", [{"skill": "terbang", "number": 1}])
    with pytest.raises(ChoiceUnknown, match="kapal"):
        put_crew_needs(town, ADMIN, "kapal", [])
    with pytest.raises(NumberOutOfRange):
        put_crew_needs(town, ADMIN, "pemadam", [{"skill": "nurse", "number": 0}])
    put_crew_needs(town, ADMIN, "pemadam", [])
    assert lacks(town, clock) == []
    assert {row["code"]: row["needs"] for row in list_crew_needs(town.store.reads)} == {
        "pemadam": [],
        "truk": [],
    }


def test_times_are_kept_with_their_zone(engine: Row) -> None:
    assert datetime.fromisoformat(engine["vehicle"]["checked_at"]).astimezone(UTC)
