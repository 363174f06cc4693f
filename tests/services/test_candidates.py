"""What a ranking knows of a unit is what the consoles show of it, whatever is known of it."""

from typing import Any

import pytest

from gis_dispatch.ports import House
from gis_dispatch.services.ranking_inputs import read_candidates
from gis_dispatch.store import PostgresStore
from tests.story import Story

MORE = """
INSERT INTO crew_members (agency_code, unit_id, name, duty_role) VALUES
    ('damkar', 1, 'Andi', 'Danru'), ('damkar', 1, 'Budi', 'petugas'),
    ('damkar', 4, 'Cinta', 'petugas');
INSERT INTO equipment (unit_id, name, quantity, fit) VALUES
    (1, 'Tangga', 1, true), (1, 'Nozel', 2, false), (1, 'APAR', 2, true), (5, 'Tenda', 1, false);
UPDATE units SET duty = 'out_of_service', duty_reason = 'Servis pompa' WHERE id = 4;
UPDATE units SET active = false WHERE id = 2;
INSERT INTO unit_positions
    (unit_id, recorded_at, received_at, point, speed_kph, heading_deg, source)
VALUES
    (1, now() - interval '1 minute', now(), ST_SetSRID(ST_MakePoint(108.9, 0.9), 4326),
        35, 271, 'device'),
    (3, now() + interval '1 minute', now(), ST_SetSRID(ST_MakePoint(108.8, 0.8), 4326),
        NULL, NULL, 'field'),
    (5, now() - interval '1 day', now(), ST_SetSRID(ST_MakePoint(108.7, 0.7), 4326),
        35, 90, 'device');
"""


@pytest.fixture
def busy_town(store: PostgresStore, town: House, story: Story) -> House:
    """Units with crews, equipment and positions; one at work, one broken, one given away."""
    story.sent(1)
    with store.engine.begin() as connection:
        connection.exec_driver_sql(MORE)
    return town


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """The same facts out of a unit's row, as the consoles read it."""
    return {
        "id": row["id"],
        "call_sign": row["call_sign"],
        "agency_code": row["agency_code"],
        "type_code": row["type"]["code"],
        "icon": row["type"]["icon"],
        "profile": row["type"]["profile"],
        "turnout_s": row["type"]["turnout_s"],
        "capabilities": frozenset(row["type"]["capabilities"]),
        "station_name": row["station"] and row["station"]["name"],
        "duty": row["duty"],
        "duty_reason": row["duty_reason"],
        "busy_incident": row["incident_number"] if row["busy"] else None,
        "busy_status": row["assignment_status"],
        "crew_count": len(row["crew"]),
        "equipment": tuple(part["name"] for part in row["equipment"] if part["fit"]),
    }


def test_a_ranking_reads_the_units_in_use_as_the_consoles_do(
    busy_town: House, store: PostgresStore
) -> None:
    rows = store.reads.all("list_units")
    candidates = read_candidates(busy_town)
    assert [row["call_sign"] for row in rows] == ["BPBD-1", "DMK-1", "DMK-3", "DMK-4"]
    for row, candidate in zip(rows, candidates, strict=True):
        expected = shown(row)
        assert {name: getattr(candidate, name) for name in expected} == expected
    assert {c.agency_name for c in candidates} == {"Damkar", "BPBD"}
    at_work = next(c for c in candidates if c.id == 1)
    assert (at_work.busy_status, at_work.crew_count) == ("dispatched", 2)
    assert at_work.equipment == ("Tangga", "APAR")


def test_a_ranking_starts_where_each_unit_was_last_seen(busy_town: House) -> None:
    origins = {unit.id: unit.origin for unit in read_candidates(busy_town)}
    moving, early, old, at_station = (origins[unit] for unit in (1, 3, 5, 4))
    assert moving and early and old and at_station
    assert (moving.lon, moving.lat, moving.source, moving.heading_deg) == (
        108.9, 0.9, "position", 271.0,
    )  # fmt: skip
    assert moving.age_s == pytest.approx(60, abs=30)
    assert (early.lon, early.lat, early.age_s, early.heading_deg) == (108.8, 0.8, 0.0, None)
    assert (old.source, old.heading_deg) == ("station", None)
    assert old.age_s == pytest.approx(86_400, abs=30)
    assert (at_station.source, at_station.age_s) == ("station", None)
