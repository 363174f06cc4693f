"""Neighbours of the city: proposed after its own, told by telephone, every answer kept."""

from typing import Any

import pytest

from gis_dispatch.domain.allowed import referral_verbs
from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.errors import AgencyNotYours, ChoiceUnknown, TextMissing
from gis_dispatch.ports import House
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.admin_refusals import AreaInUse, NeighbourOffersNothing
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.import_agencies import AGENCIES
from gis_dispatch.services.import_refusals import AreaNotThere
from gis_dispatch.services.import_rows import run_import
from gis_dispatch.services.manage_agencies import put_agency
from gis_dispatch.services.manage_plan_areas import put_plan_area, remove_plan_area
from gis_dispatch.services.manage_stations import add_station
from gis_dispatch.services.note_neighbour import (
    NeighbourIsComing,
    NeighbourNotComing,
    NotANeighbour,
    note_neighbour,
)
from gis_dispatch.services.pass_on_referral import pass_on_referral
from gis_dispatch.services.propose_others import propose_others
from gis_dispatch.services.read_incident import read_incident
from tests.looking import events_of
from tests.story import Story
from tests.town import CENTRE, People

ADMIN = Actor(2, "Budi", ADMINISTRATOR)
EAST = [[[109.5, 0.8], [109.6, 0.8], [109.6, 1.0], [109.5, 0.8]]]


def neighbour(house: House, code: str = "bengkayang", **more: Any) -> None:
    put_agency(
        house, ADMIN, code, name=f"Damkar {code}", short_name=code.title(), kind="neighbour",
        phone="0562 441113", **{"capabilities": ["fire_suppression"], **more},
    )  # fmt: skip


def not_ready(story: Story, house: House, people: People) -> Referral:
    referral = story.referral()
    acknowledge_referral(house, people.damkar, referral.id)
    return check_readiness(
        house, people.damkar, referral.id, crew_ok=False, equipment_ok=True, vehicle_ok=True,
        ready=False, missing="semua unit keluar",
    )  # fmt: skip


def test_a_neighbour_is_proposed_where_it_comes_to_and_can_help(
    story: Story, town: House, people: People
) -> None:
    area = put_plan_area(
        town, ADMIN, None, name="Timur jauh", geometry={"type": "Polygon", "coordinates": EAST}
    )
    neighbour(town, "sambas", arrival_s=2400)
    neighbour(town, "lama")
    neighbour(town, "dekat", arrival_s=3000)
    neighbour(town, "jauh", area_id=area)
    neighbour(town, "lain", capabilities=["rescue"])
    add_station(
        town, ADMIN, name="Pos Dekat", kind="fire_station", agency_code="dekat",
        lon=CENTRE[0] + 0.1, lat=CENTRE[1],
    )  # fmt: skip
    referral = not_ready(story, town, people)
    found = propose_others(town, people.damkar, referral.id)["neighbours"]
    assert [(n["code"], n["by_road"], n["referred"]) for n in found] == [
        ("dekat", True, False), ("sambas", False, False), ("lama", False, False),
    ]  # fmt: skip
    by_road, agreed, unknown = (n["arrival_s"] for n in found)
    assert 0 < by_road < 2400 and agreed == 2400 and unknown is None
    with pytest.raises(AreaInUse):
        remove_plan_area(town, ADMIN, area)


def test_a_neighbour_answers_by_telephone_and_every_answer_is_kept(
    story: Story, town: House, people: People
) -> None:
    neighbour(town)
    given = not_ready(story, town, people)
    made = pass_on_referral(town, people.damkar, given.id, agency="bengkayang", reason="penuh")
    [shown] = [
        r
        for r in read_incident(town, made.incident_id, people.operator)["referrals"]
        if r["id"] == made.id
    ]
    assert shown["agency"]["kind"] == "neighbour" and shown["allowed"] == ["neighbour"]

    def note(answer: str, words: str | None = None) -> Referral:
        story.clock.forward(30)
        return note_neighbour(
            town, people.operator, made.id, answer=answer, spoke_with="Pak Darwis", note=words
        )

    with pytest.raises(NeighbourNotComing):
        note("done")
    assert note("told").status == "acknowledged"
    coming = note("accepted", "dua unit, 40 menit")
    assert coming.status == "accepted"
    assert coming.acknowledged_at is not None and coming.accepted_at is not None
    assert coming.acknowledged_at < coming.accepted_at
    with pytest.raises(NeighbourIsComing):
        note("declined", "berubah")
    assert note("done", "api padam").completion_note == "Pak Darwis: api padam"
    kept = [
        (e["kind"], e["data"].get("spoke_with"))
        for e in events_of(town.store)
        if e["referral_id"] == made.id
    ]
    assert kept[1:4] == [
        ("referral.acknowledged", "Pak Darwis"),
        ("referral.ready", "Pak Darwis"),
        ("referral.accepted", "Pak Darwis"),
    ]


def test_one_that_does_not_come_says_why_and_it_is_back_with_112(
    story: Story, town: House, people: People
) -> None:
    neighbour(town)
    given = not_ready(story, town, people)
    made = pass_on_referral(town, people.damkar, given.id, agency="bengkayang", reason="penuh")
    with pytest.raises(TextMissing):
        note_neighbour(town, people.operator, made.id, answer="declined", spoke_with="Bu Rina")
    back = note_neighbour(
        town, people.operator, made.id, answer="declined", spoke_with="Bu Rina", note="unit rusak"
    )
    assert (back.status, back.hand_back_reason) == ("handed_back", "Bu Rina: unit rusak")


def test_an_operator_speaks_for_neighbours_only(story: Story, town: House, people: People) -> None:
    referral = story.referral()
    with pytest.raises(AgencyNotYours):
        acknowledge_referral(town, people.operator, referral.id)
    given = acknowledge_referral(town, people.damkar, referral.id)
    with pytest.raises(AgencyNotYours):
        correct_time(
            town, people.operator, "referral", referral.id,
            stamp="acknowledged_at", to=given.sent_at, reason="radio",
        )  # fmt: skip
    with pytest.raises(NotANeighbour):
        note_neighbour(town, people.lead, referral.id, answer="told", spoke_with="x")
    damkar = {"code": "damkar", "kind": "public"}
    assert referral_verbs("sent", damkar, people.operator) == []
    assert referral_verbs("sent", damkar, people.lead) == ["acknowledge"]


def test_a_neighbour_says_what_it_can_send(town: House) -> None:
    with pytest.raises(NeighbourOffersNothing):
        neighbour(town, capabilities=[])
    with pytest.raises(ChoiceUnknown):
        neighbour(town, capabilities=["terbang"])


def test_neighbours_come_from_a_file_too(town: House) -> None:
    head = "code;name;short_name;kind;phone;capabilities;area;arrival_min\n"
    rows = "sambas;Damkar Sambas;Sambas;tetangga;0562 1;fire_suppression|rescue;{};45\n"
    wrong = run_import(
        town, ADMIN, (head + rows.format("Nirwana")).encode(), "n.csv", [AGENCIES], dry_run=True
    )
    assert [type(one) for one in wrong.rows[0].problems] == [AreaNotThere]
    run_import(town, ADMIN, (head + rows.format("")).encode(), "n.csv", [AGENCIES])
    kept = town.store.reads.one("find_agency", code="sambas")
    assert kept["kind"] == "neighbour" and kept["arrival_s"] == 2700
    assert kept["capabilities"] == ["fire_suppression", "rescue"]
