"""What a dispatcher hears who asks why: without each closure, and against nearer-looking units."""

from typing import Any

import pytest

from gis_dispatch.domain.roads import NoTrip
from gis_dispatch.errors import UnitNotFound
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.explain_ranking import MOST_TRIED, explain_ranking
from gis_dispatch.services.lift_closure import lift_closure
from gis_dispatch.services.rank_units import rank_units
from tests.fakes import FakeRoads
from tests.services.test_ranking import FLOOD
from tests.story import Story
from tests.town import CENTRE, People


def close(house: House, people: People, **more: Any) -> int:
    return close_road(house, people.damkar, geometry=FLOOD, reason="banjir", **more).id


@pytest.fixture
def flood(town: House, people: People, fake_roads: FakeRoads) -> int:
    """Ten minutes more for the unit that is nearest."""
    made = close(town, people)
    fake_roads.delays[1] = (made, 600.0)
    return made


def ask(story: Story, unit_id: int, **more: Any) -> dict[str, Any]:
    ranking = rank_units(story.house, story.people.damkar, story.incident().id, **more)
    return explain_ranking(story.house, ranking["recommendation_id"], unit_id)


def test_the_unit_behind_the_flood_would_have_been_first(
    story: Story, town: House, people: People, flood: int
) -> None:
    ranking = rank_units(town, people.damkar, story.incident().id, k=1)
    lift_closure(town, people.damkar, flood)  # what was kept counts, not what is true today
    found = explain_ranking(town, ranking["recommendation_id"], 1)
    driving_s = found["driving_time_s"] - 600
    assert found["rank"] == 2
    assert found["unit"]["call_sign"] == "DMK-1"
    assert found["total_time_s"] == pytest.approx(80 + driving_s + 600, abs=0.1)
    assert found["route"]["coordinates"][-1] == list(CENTRE)
    assert found["streets"] == ["Jl. Diponegoro"]
    assert found["free"] == {"rank": 1, "total_time_s": pytest.approx(80 + driving_s, abs=0.1)}
    [without] = found["without"]
    assert without == {
        "closure_id": flood,
        "reason": "banjir",
        "street": "Jl. Diponegoro",
        "rank": 1,
        "total_time_s": found["free"]["total_time_s"],
        "saved_s": 600.0,
        "sentence_id": "Andai bukan karena Jl. Diponegoro ditutup sejak 09:00 (banjir): urutan 1, "
        "5 menit (10 menit lebih cepat).",
        "sentence_en": "Were it not that Jl. Diponegoro closed since 09:00 (banjir): number 1, "
        "5 min (10 min sooner).",
    }
    assert found["against_nearer"] == []
    assert found["note_en"] is None


def test_the_first_one_hears_why_the_nearer_one_is_later(story: Story, flood: int) -> None:
    found = ask(story, 2)
    assert found["rank"] == 1
    [nearer] = found["against_nearer"]
    assert nearer["call_sign"] == "DMK-1"
    assert nearer["sentence_en"] == (
        "DMK-1 is 1.1 km nearer in a straight line but 8 min later: "
        "Jl. Diponegoro closed since 09:00 (banjir)."
    )
    # Without the flood the other one would be first, at no change of one's own time.
    [without] = found["without"]
    assert (without["rank"], without["saved_s"]) == (2, 0.0)
    assert "number 2, still 7 min" in without["sentence_en"]


def test_a_closure_that_changes_nothing_is_not_told(
    story: Story, town: House, people: People
) -> None:
    close(town, people)
    found = ask(story, 1)
    assert found["without"] == []
    assert found["free"] == {"rank": 1, "total_time_s": found["total_time_s"]}


def test_units_that_may_not_be_sent_hear_where_they_would_stand(
    story: Story, town: House, people: People
) -> None:
    change_duty(town, people.damkar, 1, "off_duty")
    found = ask(story, 1)
    assert found["rank"] is None and found["route"] is None and found["without"] == []
    assert found["reason_en"] == "Off duty. Could it be sent: number 1, 5 min."
    assert found["reason_id"] == "Sedang tidak bertugas. Andai dapat dikirim: urutan 1, 5 menit."
    nowhere = ask(story, 3)
    assert nowhere["reason_en"] == "No position and no station: nobody knows where."
    with pytest.raises(UnitNotFound):
        ask(story, 77)


def test_a_unit_that_is_cut_off_hears_which_closure_does_it(
    story: Story, flood: int, fake_roads: FakeRoads, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = fake_roads.trip_between

    def blocked(start: Any, lon: float, lat: float, closures: Any) -> Any:
        if start.key == 1 and any(closure.id == flood for closure in closures):
            return NoTrip(1, "cut_off_by_closures")
        return drive(start, lon, lat, closures)

    monkeypatch.setattr(fake_roads, "trip_between", blocked)
    found = ask(story, 1)
    assert found["rank"] is None
    assert found["reason_en"] == "Cut off: Jl. Diponegoro closed since 09:00 (banjir)."
    assert found["free"]["rank"] == 1
    [without] = found["without"]
    assert without["saved_s"] is None
    assert "it could get there, number 1, 5 min." in without["sentence_en"]


def test_of_many_closures_those_on_the_way_are_tried(
    story: Story, town: House, people: People, fake_roads: FakeRoads
) -> None:
    for _ in range(MOST_TRIED + 2):
        last = close(town, people)
    fake_roads.delays[1] = (last, 600.0)
    found = ask(story, 1)
    assert [line["closure_id"] for line in found["without"]] == [last]
    assert found["note_en"] == "2 other closures were not tried one by one."
