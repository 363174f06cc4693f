"""The files of facts say what the trade and the city agreed on, and say when they are wrong."""

import re
from pathlib import Path

import pytest

from gis_dispatch import assets
from gis_dispatch.maps.layers import list_layers
from gis_dispatch.services.facts_files import (
    Facts,
    FactsBroken,
    FactsMissing,
    FactsWrong,
    check_plans,
    check_profiles,
    read,
    read_area,
    read_coverage,
    read_facts,
    read_procedure,
)
from gis_dispatch.services.facts_models import Agencies, Plan, PlanItem, Plans, UnitType, UnitTypes
from gis_dispatch.services.facts_places import Area, Procedure

KINDS_OF_THE_REGULATION = {
    "kebakaran",
    "kerusuhan",
    "kecelakaan",
    "bencana_alam",
    "kesehatan",
    "keamanan",
}


def test_every_kind_of_the_regulation_is_there() -> None:
    kinds = {kind.code: kind for kind in read_facts().kinds.kinds}
    assert kinds.keys() == KINDS_OF_THE_REGULATION | {"lainnya", "bukan_darurat"}
    assert not kinds["bukan_darurat"].emergency
    assert all(kind.emergency for kind in kinds.values() if kind.code != "bukan_darurat")


def test_a_sub_kind_has_a_full_code_and_takes_the_priority_of_its_kind() -> None:
    flat = {kind.code: kind for kind in read_facts().kinds.flat()}
    assert flat["kebakaran.bangunan"].default_priority == flat["kebakaran"].default_priority == 1
    assert flat["kebakaran.lahan"].default_priority == 2
    assert flat["kebakaran.lahan"].parent_code == "kebakaran"
    assert len({kind.sort for kind in flat.values()}) == len(flat)


def test_every_emergency_kind_has_a_plan_with_a_leading_agency() -> None:
    facts = read_facts()
    planned = {plan.kind for plan in facts.plans.plans if plan.priority is None}
    for kind in facts.kinds.flat():
        if kind.emergency:
            assert kind.code in planned or kind.parent_code in planned, kind.code
    for plan in facts.plans.plans:
        assert any(item.role == "lead" for item in plan.items), plan.kind


@pytest.mark.parametrize(
    ("kind", "leads"),
    [
        ("kebakaran", {"damkar"}),
        ("kebakaran.lahan", {"bpbd"}),
        ("kecelakaan", {"psc119", "polres"}),
        ("kesehatan", {"psc119"}),
        ("bencana_alam", {"bpbd"}),
        ("kerusuhan", {"polres"}),
        ("lainnya.kabel_tiang_listrik", {"pln"}),
        ("lainnya.evakuasi_hewan", {"damkar"}),
    ],
)
def test_the_agency_the_trade_agreed_on_leads(kind: str, leads: set[str]) -> None:
    plans = [plan for plan in read_facts().plans.plans if plan.kind == kind]
    assert plans
    for plan in plans:
        assert {item.agency for item in plan.items if item.role == "lead"} == leads


def test_somebody_can_do_what_a_plan_asks_for() -> None:
    facts = read_facts()
    able = {word for kind in facts.unit_types.unit_types for word in kind.capabilities}
    for plan in facts.plans.plans:
        for item in plan.items:
            assert item.capability is None or item.capability in able, (plan.kind, item)


def test_singkawang_has_its_5_kecamatan_and_26_kelurahan() -> None:
    city = read_area("singkawang")
    assert city.code == "61.72"
    assert [one.name.removeprefix("Singkawang ") for one in city.districts] == [
        "Tengah",
        "Barat",
        "Timur",
        "Utara",
        "Selatan",
    ]
    villages = [village for one in city.districts for village in one.villages]
    assert len({village.code for village in villages}) == len(villages) == 26
    west, south, east, north = city.bounds
    assert west < city.centre[0] < east
    assert south < city.centre[1] < north


def test_the_procedure_is_the_sop_with_its_8_steps() -> None:
    sop = read_procedure("sigap_112")
    assert sop.number == "000.8.3.3/07/IKP-B/2023"
    assert sop.in_force_since.isoformat() == "2022-12-21"
    assert [step.number for step in sop.steps] == list(range(1, 9))
    assert sop.steps[5].label_id == "Cek petugas dan peralatan"
    assert len(sop.legal_bases) == 3


def test_every_area_and_procedure_file_can_be_read() -> None:
    for folder, model in (("areas", Area), ("procedures", Procedure)):
        files = sorted(assets.facts(folder).glob("*.toml"))
        assert files
        for path in files:
            read(path, model)


def test_an_unknown_key_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "agencies.toml"
    path.write_text(
        '[[agencies]]\ncode = "x"\nname = "X"\nshort_name = "X"\nfax = "1"\n', encoding="utf-8"
    )
    with pytest.raises(FactsWrong, match=r"agencies\.toml, agencies\.0\.fax"):
        read(path, Agencies)


def test_broken_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "agencies.toml"
    path.write_text("[[agencies]]\ncode = \n", encoding="utf-8")
    with pytest.raises(FactsBroken, match=r"line 2"):
        read(path, Agencies)


def test_a_missing_file_is_refused_with_those_that_are_there() -> None:
    with pytest.raises(FactsMissing, match=r"singkawang\.toml"):
        read_area("atlantis")


@pytest.mark.parametrize(
    ("plan", "problem"),
    [
        (Plan(kind="banjir", items=(PlanItem(agency="bpbd", role="lead"),)), "kinds.toml"),
        (Plan(kind="kebakaran", items=(PlanItem(agency="x", role="lead"),)), "agencies.toml"),
        (
            Plan(kind="kebakaran", items=(PlanItem(agency="bpbd", role="lead", capability="fly"),)),
            "unit_types.toml",
        ),
    ],
)
def test_a_plan_that_names_what_is_not_there_is_refused(plan: Plan, problem: str) -> None:
    facts: Facts = read_facts()._replace(plans=Plans(plans=(plan,)))
    with pytest.raises(FactsWrong, match=re.escape(problem)):
        check_plans(facts)


def test_the_same_plan_twice_is_refused() -> None:
    plan = Plan(kind="kebakaran", items=(PlanItem(agency="bpbd", role="lead"),))
    with pytest.raises(FactsWrong, match="already a plan"):
        check_plans(read_facts()._replace(plans=Plans(plans=(plan, plan))))


def test_a_type_that_drives_by_an_unknown_profile_is_refused() -> None:
    hovercraft = UnitType(
        code="x", name_id="x", name_en="x", profile="air", icon="x", capabilities=(), turnout_s=1
    )
    with pytest.raises(FactsWrong, match=r"x\.profile"):
        check_profiles(UnitTypes(capabilities={}, unit_types=(hovercraft,)))


def test_every_group_of_coverage_has_its_layer() -> None:
    layers = {layer.id: layer for layer in list_layers()}
    for group in read_coverage().groups:
        assert layers[f"coverage_{group.code}"].query == f"layer_coverage_{group.code}"
