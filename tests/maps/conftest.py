"""A crossroads in a database, and the town's application around it."""

import pytest

from tests.consoles.town import Town

# Two-way Jalan Diponegoro west to east in two pieces, a one-way motorway, an alley.
WEST, MIDDLE, EAST, NORTH = "108.980 0.905", "108.982 0.9051", "108.984 0.905", "108.982 0.908"
STREET = ("Jalan Diponegoro", "residential", 7)
EDGES = (
    (1, 2, *STREET, WEST, MIDDLE),
    (2, 1, *STREET, MIDDLE, WEST),
    (2, 3, *STREET, MIDDLE, EAST),
    (3, 2, *STREET, EAST, MIDDLE),
    (2, 4, "Tol", "motorway", 8, MIDDLE, NORTH),
    (4, 3, None, "path", 9, NORTH, EAST),
)
NETWORK = """
INSERT INTO road_networks VALUES ('v1', 'file', 'Simpang', '© OpenStreetMap contributors',
    'ODbL-1.0', false, now(), 4, 6, true, 'sum')
"""
EDGE = """
INSERT INTO road_edges
    (version, id, from_junction, to_junction, name, class, way_id, length_m, speed_kph, geom)
VALUES ('v1', %(id)s, %(start)s, %(end)s, %(name)s, %(road)s, %(way)s, 100, 30,
    ST_GeomFromText(%(line)s, 4326))
"""
SITES = """
INSERT INTO land_sites (version, id, kind, class, name, details, point) VALUES
('v1', 0, 'hydrant', 'pillar', NULL, '{"fire_hydrant:diameter": "100"}',
    ST_SetSRID(ST_Point(108.981, 0.905), 4326)),
('v1', 1, 'hazard', 'fuel', 'SPBU', '{}', ST_SetSRID(ST_Point(108.983, 0.906), 4326))
"""
VILLAGE = """
UPDATE villages SET geom = ST_Multi(ST_MakeEnvelope(108.97, 0.895, 108.995, 0.915, 4326))
WHERE code = (SELECT min(code) FROM villages)
"""


@pytest.fixture
def crossroads(town: Town) -> Town:
    """The town with four streets and one village's outline."""
    town.sql(NETWORK)
    for number, (start, end, name, road, way, first, last) in enumerate(EDGES):
        line = f"LINESTRING({first}, {last})"
        town.sql(EDGE, id=number, start=start, end=end, name=name, road=road, way=way, line=line)
    town.sql(VILLAGE)
    town.sql(SITES)
    return town
