"""Facts arrive once; what an administrator changed afterwards stays."""

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.facts_files import read_facts
from gis_dispatch.services.load_facts import load_facts
from gis_dispatch.services.manage_agencies import put_agency
from gis_dispatch.services.manage_kinds import change_kind
from gis_dispatch.services.manage_plans import remove_plan


def test_everything_in_the_files_is_in_the_database(house: House) -> None:
    count = house.store.reads.one("count_what_there_is")
    assert count["agencies"] == 12
    assert count["kinds"] == 36
    assert len(house.store.reads.all("list_plans")) == len(read_facts().plans.plans)
    assert len(house.store.reads.all("list_unit_types")) == 16
    kinds = [row["code"] for row in house.store.reads.all("list_kinds")]
    assert kinds[:3] == ["kebakaran", "kebakaran.bangunan", "kebakaran.lahan"]


def test_a_plan_has_its_leading_agencies_first(house: House) -> None:
    plans = {
        (row["kind"], row["priority"]): row["items"] for row in house.store.reads.all("list_plans")
    }
    fire = plans["kebakaran", 1]
    assert fire[0] == {
        "agency": "damkar",
        "role": "lead",
        "capability": "fire_suppression",
        "number": 3,
        "alarm": 1,
    }
    in_order = [(item["alarm"], item["role"]) for item in fire]
    assert in_order == sorted(in_order)
    assert {alarm for alarm, _ in in_order} == {1, 2, 3}


def test_loading_again_keeps_what_an_administrator_changed(house: House, admin: Actor) -> None:
    put_agency(house, admin, "damkar", name="Damkar Kota", short_name="DK", active=True)
    change_kind(house, admin, "kebakaran", {"default_priority": 2, "name_en": "Blaze"})
    plan = house.store.reads.all("list_plans")[0]
    remove_plan(house, admin, plan["id"])

    load_facts(house, "singkawang")

    reads = house.store.reads
    assert reads.one("find_agency", code="damkar")["short_name"] == "DK"
    assert reads.one("find_kind", code="kebakaran")["name_en"] == "Blaze"
    assert plan["id"] not in {row["id"] for row in reads.all("list_plans")}
