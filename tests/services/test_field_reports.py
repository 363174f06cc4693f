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
    Conflict,
    NumberOutOfRange,
    Refusal,
    SomethingFollowed,
    StepAlreadyReported,
    TakenBackTooLate,
    TimeInFuture,
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
from gis_dispatch.services.take_back_step import take_back_step
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


def _not_taken(house: House, incident_id: int) -> list[Row]:
    return _events(house, incident_id, "assignment.not_taken")


def test_what_was_not_taken_is_in_the_record_once_with_its_time_and_the_reason(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.steps(story.sent(), "acknowledged", "en_route")
    pressed_at, key = clock.now(), uuid4()
    clock.forward(20)
    report_step(town, people.damkar, assignment.id, "on_scene")
    stands_at = clock.now()
    for _ in range(3):
        clock.forward(30)
        with pytest.raises(StepAlreadyReported):
            report_step(town, people.crew, assignment.id, "on_scene", pressed_at, key=key)
    [event] = _not_taken(town, assignment.incident_id)
    assert (event["occurred_at"], event["entered_at"]) == (
        pressed_at,
        stands_at + timedelta(seconds=30),
    )
    assert (event["actor"], event["unit_id"], event["assignment_id"]) == ("Joko", 1, assignment.id)
    data = event["data"]
    assert (data["what"], data["given"]) == ("on_scene", pressed_at.isoformat())
    assert data["report"] == str(key)
    refusal = data["refusal"]
    assert refusal["code"] == "step_already_reported"
    assert refusal["sentence"] == StepAlreadyReported.msgid()
    assert refusal["fields"]["step"] == {"word": "on scene"}
    assert town.store.reads.one("get_assignment", id=assignment.id)["on_scene_at"] == stands_at


def test_every_kind_of_report_of_a_phone_that_is_refused_is_told(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    report_step(town, people.crew, assignment.id, "acknowledged", key=uuid4())
    cancel_assignment(town, people.damkar, assignment.id, "Sudah padam")
    sends = {
        "en_route": lambda key: report_step(
            town, people.crew, assignment.id, "en_route", clock.now(), key=key
        ),
        "backup": lambda key: call_for_backup(
            town, people.crew, assignment.id, "Tangga", occurred_at=clock.now(), key=key
        ),
        "counts": lambda key: report_counts(
            town, people.crew, assignment.id, {"dead": 1}, counted_at=clock.now(), key=key
        ),
        "undo": lambda key: take_back_step(
            town, people.crew, assignment.id, "acknowledged", clock.now(), key=key
        ),
    }
    for send in sends.values():
        with pytest.raises(Conflict):
            send(uuid4())
    told = _not_taken(town, assignment.incident_id)
    assert [event["data"]["what"] for event in told] == list(sends)
    assert told[0]["data"]["refusal"]["fields"]["reason"] == "Sudah padam"


def test_who_reads_the_refusal_at_once_and_who_may_not_report_leave_nothing(
    story: Story, town: House, people: People
) -> None:
    assignment = story.steps(story.sent(), "acknowledged")
    with pytest.raises(StepAlreadyReported):
        report_step(town, people.damkar, assignment.id, "acknowledged")
    with pytest.raises(UnitNotYours):
        report_step(town, people.crew_2, assignment.id, "en_route", key=uuid4())
    assert _not_taken(town, assignment.incident_id) == []


def test_two_phones_that_send_one_refused_report_at_once_leave_one_line(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.steps(story.sent(), "acknowledged")
    pressed_at, key = clock.now() - timedelta(seconds=30), uuid4()

    def send(_: int) -> str:
        try:
            report_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
        except StepAlreadyReported as refusal:
            return refusal.code
        return ""

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(send, range(8))) == {"step_already_reported"}
    assert len(_not_taken(town, assignment.incident_id)) == 1


def test_a_clock_that_is_wrong_by_years_does_not_leave_the_case(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    for given_at in (clock.now() - timedelta(days=9999), clock.now() + timedelta(days=9999)):
        with pytest.raises((TimeRunsBackwards, TimeInFuture)):
            report_step(town, people.crew, assignment.id, "acknowledged", given_at, key=uuid4())
    early, late = _not_taken(town, assignment.incident_id)
    assert early["occurred_at"] == assignment.dispatched_at
    assert late["occurred_at"] == late["entered_at"]
    assert late["data"]["given"] == given_at.isoformat()


def test_a_step_taken_back_without_a_signal_is_taken_back_by_when_that_was_pressed(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment, key = story.sent(), uuid4()
    report_step(town, people.crew, assignment.id, "acknowledged", clock.now(), key=uuid4())
    clock.forward(40)
    pressed_at = clock.now()
    clock.forward(900)
    back = take_back_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
    assert (back.status, back.acknowledged_at) == ("dispatched", None)
    report_step(town, people.crew, assignment.id, "acknowledged", key=uuid4())
    again = take_back_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=key)
    assert again.status == "acknowledged", "one press takes back one step"
    [event] = _events(town, assignment.incident_id, "assignment.undone")
    assert event["occurred_at"] == pressed_at and event["data"]["report"] == str(key)


def test_a_step_that_another_followed_meanwhile_is_not_taken_back(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    assignment = story.sent()
    report_step(town, people.crew, assignment.id, "acknowledged", key=uuid4())
    pressed_at = clock.now()
    clock.forward(10)
    report_step(town, people.crew, assignment.id, "en_route", key=uuid4())
    with pytest.raises(SomethingFollowed):
        take_back_step(town, people.crew, assignment.id, "acknowledged", pressed_at, key=uuid4())
    clock.forward(61)
    with pytest.raises(TakenBackTooLate):
        take_back_step(town, people.crew, assignment.id, "en_route", clock.now(), key=uuid4())
    assert [e["data"]["what"] for e in _not_taken(town, assignment.incident_id)] == ["undo"] * 2
