"""Old rankings are forgotten, except those by which somebody was sent."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.ports import House
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.prune_recommendations import prune_recommendations
from gis_dispatch.services.rank_units import rank_units
from gis_dispatch.services.replay_recommendation import replay_recommendation
from gis_dispatch.store import PostgresStore
from gis_dispatch.store.queries import NamedQueries
from tests.fakes import FakeClock
from tests.services.test_ranking import FLOOD
from tests.story import Story
from tests.town import People

QUERIES = NamedQueries(Path(__file__).parents[2] / "sql" / "queries")


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
    assert len(needed) == 3  # the closures that held, the profiles, and what the units are
    close_road(town, people.damkar, geometry=FLOOD, reason="banjir")
    rank_units(town, people.damkar, referral.incident_id)
    assert len(documents(town)) == 4
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
    assert len(documents(town)) == 3


def test_a_document_marked_before_the_bound_stays_for_a_ranking_made_after_it(
    story: Story, town: House, people: People, clock: FakeClock
) -> None:
    referral = story.accepted()
    marked = clock.now()
    rank_units(town, people.damkar, referral.incident_id)
    clock.forward(3_000)  # less than an hour later nothing is marked again
    kept = rank_units(town, people.damkar, referral.incident_id)["recommendation_id"]
    sent_by(story, kept, referral.id, referral.incident_id)
    needed = documents(town)
    for after_s in (2_000, 4_000, 8_000):
        now = marked + timedelta(days=30, seconds=after_s)
        prune_recommendations(town.store, now, days=30)
        assert documents(town) == needed
    assert replay_recommendation(town, kept)["same"] is True


def test_documents_are_looked_for_by_hashing(town: House) -> None:
    """Two hundred documents against two thousand rankings are not compared one by one."""
    store = cast(PostgresStore, town.store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO kept_documents (sha256, content, kept_at)"
            " SELECT n::text, '[]', '2000-01-01Z' FROM generate_series(1, 200) AS n"
        )
        connection.exec_driver_sql(
            "INSERT INTO recommendations"
            " (made_at, inputs, result, sha256, closures_sha256, profiles_sha256, units_sha256)"
            " SELECT '2000-01-01Z', '{}', '{}', '', n::text, '1', '2'"
            " FROM generate_series(1, 2000) AS n"
        )
        connection.exec_driver_sql("ANALYZE recommendations")
        connection.exec_driver_sql("ANALYZE kept_documents")
        sql = QUERIES.sql["prune_kept_documents"]
        plan = connection.exec_driver_sql(f"EXPLAIN {sql}", {"before": town.clock.now()})
        told = " ".join(row[0] for row in plan)
    assert "Anti Join" in told
    assert "Nested Loop" not in told
