"""Who is in the world of the laws: people with accounts, units, stations, agreed times."""

from tests.consoles.town import Town

ACCOUNTS = {
    "operator": "operator", "operator 2": "operator2", "lead": "lead_operator",
    "damkar": "dispatcher", "damkar 2": "damkar2", "bpbd": "bpbd", "crew": "crew",
    "crew 2": "crew2",
}  # fmt: skip
PEOPLE = tuple(ACCOUNTS)
STATIONS = {1: "damkar", 2: "bpbd", 3: "damkar"}

MORE = """
INSERT INTO stations (id, name, kind, agency_code, point) OVERRIDING SYSTEM VALUE
VALUES (3, 'Pos Utara', 'fire_station', 'damkar', ST_SetSRID(ST_MakePoint(108.98, 0.92), 4326));
INSERT INTO units (id, call_sign, agency_code, station_id, type_code) OVERRIDING SYSTEM VALUE
SELECT n, 'U-' || n, CASE WHEN n IN (6, 9) THEN 'bpbd' ELSE 'damkar' END, 1, 'pemadam'
FROM generate_series(4, 9) AS n;
UPDATE referral_allowances SET allowed_s = 10;
UPDATE escalation_levels SET after_s = level;
DELETE FROM response_plans WHERE kind_code LIKE 'kebakaran%%';
WITH plan AS (INSERT INTO response_plans (kind_code) VALUES ('kebakaran') RETURNING id)
INSERT INTO response_plan_items (plan_id, agency_code, role, alarm)
SELECT id, 'damkar', 'lead', 1 FROM plan UNION ALL SELECT id, 'bpbd', 'support', 2 FROM plan;
"""
"""Times are short, and the second alarm asks BPBD."""


def furnish(town: Town) -> None:
    """What the town has not got yet; the second crew is the same crew's second phone."""
    town.user("operator2", "operator")
    town.user("damkar2", "dispatcher", "damkar")
    town.user("bpbd", "dispatcher", "bpbd")
    town.user("crew2", "crew", "damkar", 1)
    for statement in MORE.strip().split(";\n"):
        town.sql(statement.rstrip(";"))
