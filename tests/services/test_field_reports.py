"""What phones keep and send later: taken once, each conflict in words, nothing overwritten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gis_dispatch.domain.photo import Photo
from gis_dispatch.errors import (
    CalledBackMeanwhile,
    NumberOutOfRange,
    Refusal,
    StepAlreadyReported,
    TimeRunsBackwards,
    UnitNotYours,
)
from gis_dispatch.ports import House, Row
from gis_dispatch.services.call_for_backup import call_for_backup
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.report_scene import (
    MOST_PHOTOS,
    NotOnScene,
    TooManyPhotos,
    keep_photo,
    report_counts,
)
from gis_dispatch.services.report_step import report_step
from tests.fakes import FakeClock
from tests.looking import events_of
from tests.story import Story
from tests.town import People

PICTURE = Photo(2, 1, b"\xff\xd8 big", b"\xff\xd8 small")


def _events(house: House, incident_id: int, kind: str = "") -> list[Row]:
    return [
        event
        for event in events_of(house.store)
        if event["incident_id"] == incident_id and event["kind"].startswith(kind)
    ]


def _kinds(house: House, incident_id: int) -> list[str]:
    return [event["kind"] for event in _events(house, incident_id)]


def test_an_answer_that_was_lost_is_asked_for_again_and_changes_nothing(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment, key, pressed_at = story.sent(), uuid4(), clock.now()
    report_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
    clock.forward(5)
    report_step(town, people.damkar, assignment.id, "en_route")
    clock.forward(600)
    again = report_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
    assert again.status == "en_route", "the answer is how it is now"
    assert _kinds(town, assignment.incident_id).count("assignment.acknowledged") == 1


def test_two_phones_that_send_one_report_at_once_make_one(
    story: Story, town: House, people: People
) -> None:
    assignment, key = story.sent(), uuid4()
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda _: call_for_backup(town, people.crew, assignment.id, "Tangga", key=key),
                range(8),
            )
        )
    assert _kinds(town, assignment.incident_id).count("assignment.backup") == 1


def test_a_step_that_the_other_phone_has_pressed_is_not_overwritten(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    first = clock.now()
    report_step(town, people.crew, assignment.id, "acknowledged", first, key=uuid4())
    clock.forward(90)
    with pytest.raises(StepAlreadyReported) as told:
        report_step(town, people.crew, assignment.id, "acknowledged", clock.now(), key=uuid4())
    assert first.astimezone(town.timezone).strftime("%H:%M:%S") in str(told.value)
    row = town.store.reads.one("get_assignment", id=assignment.id)
    assert row["acknowledged_at"] == first


def test_a_step_pressed_before_the_unit_was_called_back_is_told_why(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    pressed_at = clock.now()
    clock.forward(60)
    cancel_assignment(town, people.damkar, assignment.id, "Sudah padam")
    clock.forward(60)
    with pytest.raises(CalledBackMeanwhile, match="Sudah padam"):
        report_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=uuid4())
    assert town.store.reads.one("get_assignment", id=assignment.id)["acknowledged_at"] is None


def test_a_refused_report_leaves_no_key(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment, key = story.sent(), uuid4()
    report_step(town, people.crew, assignment.id, "acknowledged")
    with pytest.raises(TimeRunsBackwards):
        report_step(
            town,
            people.crew,
            assignment.id,
            "en_route",
            assignment.dispatched_at - timedelta(minutes=5),
            key=key,
        )
    clock.forward(9)
    assert report_step(town, people.crew, assignment.id, "en_route", key=key).status == "en_route"


def test_a_call_for_help_keeps_the_time_it_was_pressed(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    clock.forward(30)
    pressed_at = clock.now()
    clock.forward(400)
    call_for_backup(town, people.crew, assignment.id, "Air", occurred_at=pressed_at, key=uuid4())
    [event] = _events(town, assignment.incident_id, "assignment.backup")
    assert event["occurred_at"] == pressed_at and event["entered_at"] > pressed_at


def test_duty_pressed_before_somebody_else_changed_it_does_not_undo_that(
    town: House, people: People, clock: FakeClock
) -> None:
    pressed_at = clock.now()
    clock.forward(60)
    change_duty(town, people.damkar, 1, "out_of_service", "Rem rusak")
    clock.forward(60)
    with pytest.raises(TimeRunsBackwards):
        change_duty(town, people.crew, 1, "off_duty", occurred_at=pressed_at, key=uuid4())
    assert town.store.reads.one("get_unit", id=1)["duty"] == "out_of_service"


def test_every_count_is_kept_and_the_newest_of_a_unit_is_shown(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.steps(story.sent(), "acknowledged", "en_route", "on_scene")
    with pytest.raises(NumberOutOfRange):
        report_counts(town, people.crew, assignment.id, {"dead": -1})
    report_counts(town, people.crew, assignment.id, {"badly_hurt": 1}, key=uuid4())
    clock.forward(60)
    key = uuid4()
    for _ in range(2):
        report_counts(town, people.crew, assignment.id, {"badly_hurt": 2, "buildings": 3}, key=key)
    [shown] = town.store.reads.all("list_scene_counts", incident_id=assignment.incident_id)
    assert (shown["badly_hurt"], shown["buildings"], shown["call_sign"]) == (2, 3, "DMK-1")
    events = _events(town, assignment.incident_id, "assignment.counted")
    told = [event["data"]["counts"] for event in events]
    assert told == [{"badly_hurt": 1}, {"badly_hurt": 2, "buildings": 3}]


def test_who_was_never_there_counts_nobody(story: Story, town: House, people: People) -> None:
    assignment = story.sent()
    with pytest.raises(NotOnScene):
        report_counts(town, people.crew, assignment.id, {"dead": 1})
    with pytest.raises(UnitNotYours):
        keep_photo(town, people.crew_2, assignment.id, PICTURE)


def test_a_photo_is_kept_once_and_not_without_end(
    story: Story, town: House, people: People
) -> None:
    assignment, key = story.sent(), uuid4()
    for _ in range(2):
        keep_photo(town, people.crew, assignment.id, PICTURE, lon=108.9, lat=0.9, key=key)
    [row] = town.store.reads.all("list_photos", incident_id=assignment.incident_id)
    assert (row["lon"], row["lat"], row["call_sign"]) == (108.9, 0.9, "DMK-1")
    kept = town.store.reads.one("get_photo", id=row["id"])
    assert bytes(kept["content"]) == PICTURE.content
    for _ in range(MOST_PHOTOS - 1):
        keep_photo(town, people.crew, assignment.id, PICTURE)
    with pytest.raises(TooManyPhotos):
        keep_photo(town, people.crew, assignment.id, PICTURE)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sent=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3)), max_size=24))
def test_replays_in_any_number_and_order_leave_one_event_a_step(
    story: Story,
    town: House,
    people: People,
    clock: FakeClock,
    sent: list[tuple[int, int]],
) -> None:
    """Two phones of one crew, each with its own list, sent again and again in any interleaving."""
    referral = story.accepted()
    assignment = story.sent(2, referral=referral)
    clock.forward(500)
    crew = people.crew_2
    steps = ("acknowledged", "en_route", "on_scene", "cleared")
    begun = assignment.dispatched_at
    phones = [
        [(step, begun + timedelta(seconds=10 * n + phone), uuid4()) for n, step in enumerate(steps)]
        for phone in range(2)
    ]
    for phone, number in [*sent, *[(p, n) for p in range(2) for n in range(4)]]:
        step, at, key = phones[phone][number]
        try:
            report_step(town, crew, assignment.id, step, at, key=key)
        except Refusal:
            continue
    kinds = _kinds(town, assignment.incident_id)
    assert [kinds.count(f"assignment.{step}") for step in steps] == [1, 1, 1, 1]
    row = town.store.reads.one("get_assignment", id=assignment.id)
    given = {at for phone in phones for _step, at, _key in phone}
    stamps = [row[f"{step}_at"] for step in steps]
    assert stamps == sorted(stamps) and set(stamps) <= given
