"""Old rankings are forgotten, except those by which somebody was sent."""

from datetime import datetime, timedelta
from typing import Any, cast

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.ports import House
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.prune_recommendations import prune_recommendations
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.store import PostgresStore
from tests.fakes import FakeClock
from tests.services.test_ranking import FLOOD
from tests.story import Story
from tests.town import People


def rows(house: House, sql: str) -> list[Any]:
    with cast(PostgresStore, house.store).engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql(sql)]


def sent_by(story: Story, recommendation_id: int, referral_id: int, incident_id: int) -> Assignment:
    return assign_units(
        story.house, story.people.damkar, incident_id, referral_id, [1], recommendation_id
    )[0]


def test_only_old_rankings_that_sent_nobody_are_forgotten(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    referral = story.accepted()
    ranked = [
        rank_units(town, people.damkar, referral.incident_id)["recommendation_id"] for _ in range(3)
    ]
    sent_by(story, ranked[1], referral.id, referral.incident_id)
    later: datetime = clock.forward(31 * 86_400)
    fresh = rank_units(town, people.damkar, referral.incident_id)["recommendation_id"]
    assert prune_recommendations(town.store, later, days=32) == 0
    assert prune_recommendations(town.store, later, days=30) == 2
    assert rows(town, "SELECT id FROM recommendations ORDER BY id") == [ranked[1], fresh]
    assert prune_recommendations(town.store, later + timedelta(days=31), days=30) == 1


def documents(house: House) -> set[str]:
    return set(rows(house, "SELECT sha256 FROM kept_documents"))


def test_a_document_stays_while_any_ranking_was_made_from_it(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    referral = story.accepted()
    old = rank_units(town, people.damkar, referral.incident_id)["recommendation_id"]
    sent_by(story, old, referral.id, referral.incident_id)
    needed = documents(town)
    assert len(needed) == 2  # the closures that held, and the profiles
    close_road(town, people.damkar, geometry=FLOOD, reason="banjir")
    rank_units(town, people.damkar, referral.incident_id)
    assert len(documents(town)) == 3
    prune_recommendations(town.store, clock.forward(31 * 86_400), days=30)
    assert documents(town) == needed


def test_a_document_in_use_is_marked_again(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    incident = story.incident()
    rank_units(town, people.damkar, incident.id)
    later = clock.forward(40 * 86_400)
    rank_units(town, people.damkar, incident.id)
    assert rows(town, "SELECT DISTINCT kept_at FROM kept_documents") == [later]
    assert prune_recommendations(town.store, later, days=30) == 1
    assert len(documents(town)) == 2
