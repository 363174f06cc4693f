"""Looking for what lies in a place touches the current network only, however many are kept."""

from pathlib import Path

import pytest

from gis_dispatch import assets
from gis_dispatch.store.queries import named_queries
from tests.roads.installing import installed

NETWORK = """
INSERT INTO road_networks VALUES (%(version)s, 'file', 'Kota', '© OpenStreetMap contributors',
    'ODbL-1.0', false, now(), 2000, 2000, %(current)s, 'sum')
"""
STREETS = """
INSERT INTO road_edges
    (version, id, from_junction, to_junction, name, class, way_id, length_m, speed_kph, geom)
SELECT %(version)s, n, n, n + 1, 'Jalan ' || n, 'residential', n, 80, 30,
    ST_SetSRID(ST_MakeLine(
        ST_MakePoint(108.9 + n %% 50 * 0.001, 0.9 + n / 50 * 0.001),
        ST_MakePoint(108.9007 + n %% 50 * 0.001, 0.9 + n / 50 * 0.001)
    ), 4326)
FROM generate_series(0, 1999) AS n
"""
ASKED = {
    "tile_city": {"z": 16, "x": 52_599, "y": 32_602, "shown": ["residential"],
                  "known": ["residential"], "others": True},
    "address_at": {"lon": 108.92, "lat": 0.92},
}  # fmt: skip


@pytest.mark.parametrize("query", sorted(ASKED))
def test_kept_networks_are_passed_over(query: str, database_url: str, tmp_path: Path) -> None:
    with installed(database_url, tmp_path / "home") as here, here.store.engine.begin() as database:
        for number in range(4):
            facts = {"version": f"2026-11-0{number}", "current": number == 3}
            database.exec_driver_sql(NETWORK, facts)
            database.exec_driver_sql(STREETS, facts)
        database.exec_driver_sql("ANALYZE road_edges, road_networks")
        text, values = named_queries(assets.folder("sql") / "queries").bind(query, ASKED[query])
        lines = database.exec_driver_sql(f"EXPLAIN {text}", values).scalars().all()
    plan = [line.strip() for line in lines]
    used = [number for number, line in enumerate(plan) if "ix_road_edges_version_geom" in line]
    assert used, "\n".join(plan)
    for number in used:
        assert plan[number + 1].startswith("Index Cond: (((version)::text = ")
        assert "geom && " in plan[number + 1]
