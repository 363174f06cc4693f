"""Chat: kept for good, seen by those whose incident or shift it is, unread until it is read."""

from uuid import uuid4

import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import DeskNotYours, HistoryIsFixed, IncidentNotFound, TextTooLong
from gis_dispatch.ports import House
from gis_dispatch.services.chat import list_unread, mark_read, read_chat, say
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock
from tests.story import Story
from tests.town import People


def texts(house: House, actor: Actor, incident_id: int | None = None) -> list[str]:
    return [row["text"] for row in read_chat(house, actor, incident_id, None)["items"]]


def unread(house: House, actor: Actor) -> dict[int | None, int]:
    sees_all = actor.role in {"operator", "lead_operator"}
    rows = list_unread(house, actor, sees_all=sees_all)
    return {row["incident_id"]: row["unread"] for row in rows}


def test_what_is_said_about_an_incident_is_new_until_it_is_read(
    story: Story, town: House, people: People
) -> None:
    incident = story.referral().incident_id
    say(town, people.operator, "Penelepon melihat api di lantai dua", incident)
    say(town, people.operator, "Ada gas", incident)
    assert texts(town, people.damkar, incident)[-1] == "Ada gas"
    assert unread(town, people.damkar) == {incident: 2}
    assert unread(town, people.operator) == {}, "what one said oneself is not new"
    assert unread(town, people.bpbd) == {}, "it was not asked for this incident"
    newest = read_chat(town, people.damkar, incident, None)["items"][-1]["id"]
    mark_read(town, people.damkar, newest, incident)
    mark_read(town, people.damkar, 1, incident)
    assert read_chat(town, people.damkar, incident, None)["read_up_to"] == newest
    assert unread(town, people.damkar) == {}
    assert unread(town, people.lead) == {incident: 2}
    assert texts(town, people.operator, incident) == [
        "Penelepon melihat api di lantai dua",
        "Ada gas",
    ]


def test_a_crew_hears_what_is_said_about_its_own_incident(
    story: Story, town: House, people: People
) -> None:
    incident = story.sent(1).incident_id
    say(town, people.damkar, "Lewat Jalan Yos Sudarso", incident)
    assert unread(town, people.crew) == {incident: 1}
    assert unread(town, people.crew_2) == {}
    say(town, people.crew, "Diterima", incident)
    assert unread(town, people.damkar) == {incident: 1}
    with pytest.raises(DeskNotYours):
        say(town, people.crew, "halo")


def test_each_desk_has_a_shift_of_its_own(town: House, people: People) -> None:
    say(town, people.damkar, "Kopi?")
    say(town, people.operator, "Hujan lebat")
    assert texts(town, people.damkar) == ["Kopi?"]
    assert texts(town, people.lead) == ["Hujan lebat"]
    assert unread(town, people.lead) == {None: 1}
    assert unread(town, people.bpbd) == {}
    newest = read_chat(town, people.lead, None, None)["items"][-1]["id"]
    mark_read(town, people.lead, newest)
    assert unread(town, people.lead) == {}
    assert texts(town, people.lead) == ["Hujan lebat"]


def test_what_was_said_cannot_be_taken_back(
    story: Story, town: House, people: People, store: PostgresStore
) -> None:
    say(town, people.operator, "salah")
    with pytest.raises(HistoryIsFixed), store.transaction() as tx:
        tx.connection.exec_driver_sql("DELETE FROM events WHERE kind = 'chat.said'")
    with pytest.raises(TextTooLong, match="text"):
        say(town, people.operator, "x" * 2001)
    with pytest.raises(IncidentNotFound):
        say(town, people.operator, "halo", 999)
    assert texts(town, people.operator) == ["salah"]


def test_what_was_written_without_a_signal_keeps_its_time_and_is_said_once(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    incident, key = story.sent(1).incident_id, uuid4()
    written_at = clock.now()
    clock.forward(600)
    for _ in range(2):
        say(town, people.crew, "Jalan buntu", incident, written_at, key=key)
    [message] = read_chat(town, people.damkar, incident, None)["items"]
    assert (message["at"], message["entered_at"]) == (written_at, clock.now())
    clock.forward(3 * 86400)
    say(town, people.crew, "Baru ada sinyal", incident, written_at, key=uuid4())
    assert unread(town, people.damkar) == {incident: 1}, "it is new by when it came"
