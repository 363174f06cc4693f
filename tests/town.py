"""A small town to test in: three agencies, four stations, five units, and the people who act."""

from contextlib import closing
from typing import NamedTuple

from psycopg2.extras import execute_values
from sqlalchemy import Engine

from gis_dispatch.domain.people import CREW, DISPATCHER, LEAD_OPERATOR, OPERATOR, Actor

CENTRE = (108.987, 0.906)

AGENCIES = [
    ("damkar", "Pemadam Kebakaran", "Damkar"),
    ("bpbd", "BPBD Kota", "BPBD"),
    ("pln", "PLN", "PLN"),
]
KINDS = [
    ("kebakaran", None, "Kebakaran", "Fire", "fire", 1),
    ("kebakaran.lahan", "kebakaran", "Kebakaran lahan", "Land fire", "fire", 2),
    ("bencana_alam", None, "Bencana alam", "Disaster", "flood", 2),
]
TYPES = [
    ("pemadam", "Pemadam", "Fire engine", "engine", "engine", ["fire_suppression"], 80),
    ("truk", "Truk serbaguna", "Truck", "engine", "truck", ["rescue"], 60),
]
STATIONS = [
    (1, "Pos Damkar Barat", "fire_station", "damkar", CENTRE[0] - 0.02, CENTRE[1]),
    (2, "Pos Damkar Timur", "fire_station", "damkar", CENTRE[0] + 0.03, CENTRE[1]),
    (3, "Pos BPBD", "bpbd_post", "bpbd", CENTRE[0], CENTRE[1] + 0.01),
]
UNITS = [
    (1, "DMK-1", "damkar", 1, "pemadam"),
    (2, "DMK-2", "damkar", 2, "pemadam"),
    (3, "DMK-3", "damkar", None, "pemadam"),
    (4, "DMK-4", "damkar", 1, "truk"),
    (5, "BPBD-1", "bpbd", 3, "truk"),
]
USERS = [
    (1, "op", "Siti", "operator", None, None),
    (2, "lead", "Budi", "lead_operator", None, None),
    (3, "damkar", "Agus", "dispatcher", "damkar", None),
    (4, "bpbd", "Rina", "dispatcher", "bpbd", None),
    (5, "crew1", "Joko", "crew", "damkar", 1),
    (6, "crew2", "Tono", "crew", "damkar", 2),
]
PLANS = [
    (1, "kebakaran", None),
    (2, "kebakaran", 1),
    (3, "kebakaran.lahan", None),
]
PLAN_ITEMS = [
    (1, "damkar", "lead", "fire_suppression", 1),
    (2, "damkar", "lead", "fire_suppression", 3),
    (2, "pln", "support", None, 1),
    (3, "bpbd", "lead", None, 1),
    (3, "damkar", "support", "fire_suppression", 1),
]


class People(NamedTuple):
    """The people of the town."""

    operator: Actor = Actor(1, "Siti", OPERATOR)
    lead: Actor = Actor(2, "Budi", LEAD_OPERATOR)
    damkar: Actor = Actor(3, "Agus", DISPATCHER, "damkar")
    bpbd: Actor = Actor(4, "Rina", DISPATCHER, "bpbd")
    crew: Actor = Actor(5, "Joko", CREW, "damkar", 1, "device")
    crew_2: Actor = Actor(6, "Tono", CREW, "damkar", 2, "device")


INSERTS = [
    ("agencies (code, name, short_name)", AGENCIES, None),
    (
        "kinds (code, parent_code, name_id, name_en, icon, default_priority)",
        KINDS,
        None,
    ),
    (
        "unit_types (code, name_id, name_en, profile, icon, capabilities, turnout_s)",
        TYPES,
        None,
    ),
    (
        "stations (id, name, kind, agency_code, point)",
        STATIONS,
        "(%s, %s, %s, %s, ST_SetSRID(ST_MakePoint(%s, %s), 4326))",
    ),
    ("units (id, call_sign, agency_code, station_id, type_code)", UNITS, None),
    (
        "users (id, username, display_name, password_hash, role, agency_code, unit_id)",
        USERS,
        "(%s, %s, %s, '-', %s, %s, %s)",
    ),
    ("response_plans (id, kind_code, priority)", PLANS, None),
    (
        "response_plan_items (plan_id, agency_code, role, capability, number)",
        PLAN_ITEMS,
        None,
    ),
]


def build_town(engine: Engine) -> None:
    """Fill an empty, migrated database with the town."""
    with engine.begin() as connection, closing(connection.connection.cursor()) as cursor:
        for target, rows, template in INSERTS:
            execute_values(cursor, f"INSERT INTO {target} VALUES %s", rows, template)
        for table in ("stations", "units", "users", "response_plans"):
            # The next one that a test adds gets a number of its own.
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)")
