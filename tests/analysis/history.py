"""A made-up past: calls, incidents, referrals and assignments with every stamp, for reports.

The triggers that watch how work proceeds are off while it is written: it is not being worked, it is
over. Everything is drawn from one seed, so that the same past can be made again.
"""

import random
from datetime import datetime, timedelta
from types import SimpleNamespace

import psycopg2
from psycopg2.extensions import cursor

from gis_dispatch.services.load_facts import load_facts
from gis_dispatch.store.postgres import open_store

CENTRE = (108.9870, 0.9060)
KINDS = (
    ("kebakaran.bangunan", "damkar", 3),
    ("kecelakaan.lalu_lintas", "psc119", 5),
    ("kesehatan.gawat_medis", "psc119", 6),
    ("bencana_alam.banjir", "bpbd", 2),
    ("lainnya.evakuasi_hewan", "damkar", 2),
)
WATCHED = ("incidents", "referrals", "assignments", "calls")


def load_city(database_url: str) -> None:
    """Agencies, kinds, districts and villages as every installation begins with them."""
    store = open_store(database_url)
    load_facts(SimpleNamespace(store=store), "singkawang")  # type: ignore[arg-type]
    store.close()


def write_history(
    database_url: str,
    *,
    begin: datetime,
    days: int,
    incidents: int,
    seed: int = 112,
    first_number: int = 1,
    sample: bool = False,
    centre: tuple[float, float] = CENTRE,
) -> None:
    """So many incidents, each with a call, and three times as many calls that were none."""
    chance = random.Random(seed)
    with psycopg2.connect(database_url) as connection, connection.cursor() as session:
        session.execute("SELECT code FROM agencies")
        agencies = {row[0] for row in session.fetchall()}
        session.execute("SELECT code FROM villages ORDER BY code")
        villages = [row[0] for row in session.fetchall()] or [None]
        session.execute("SELECT code FROM kinds")
        kinds = {row[0] for row in session.fetchall()}
        units = _units(session, sorted(agencies), first_number)
        for table in WATCHED:
            session.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for number in range(first_number, first_number + incidents):
            hour = chance.choices(
                range(24),
                weights=[2, 1, 1, 1, 1, 2, 4, 7, 8, 6, 6, 6, 7, 6, 6, 7, 9, 10, 9, 7, 6, 5, 4, 3],
            )[0]
            at = begin + timedelta(
                days=chance.randrange(days), hours=hour, minutes=chance.random() * 60
            )
            kind, agency, _weight = chance.choices(KINDS, weights=[k[2] for k in KINDS])[0]
            if kind not in kinds:
                kind = kind.split(".")[0]
            if agency not in agencies:
                agency = min(agencies)
            _incident(
                session, chance, number, at, kind, agency, units[agency], villages, sample, centre
            )
        for _ in range(incidents * 3):
            at = begin + timedelta(seconds=chance.random() * days * 86_400)
            _other_call(session, chance, at, sample)
        for table in WATCHED:
            session.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _units(session: cursor, agencies: list[str], begun: int) -> dict[str, int]:
    session.execute("SELECT code FROM unit_types ORDER BY code LIMIT 1")
    type_code = session.fetchone()[0]  # type: ignore[index]
    made = {}
    for agency in agencies:
        session.execute(
            "INSERT INTO units (call_sign, agency_code, type_code) VALUES (%s, %s, %s)"
            " RETURNING id",
            (f"HIST-{agency}-{begun}", agency, type_code),
        )
        made[agency] = session.fetchone()[0]  # type: ignore[index]
    return made


def _incident(
    session: cursor,
    chance: random.Random,
    number: int,
    at: datetime,
    kind: str,
    agency: str,
    unit_id: int,
    villages: list[str | None],
    sample: bool,
    centre: tuple[float, float],
) -> None:
    def later(moment: datetime, mean_s: float) -> datetime:
        return moment + timedelta(seconds=20 + chance.expovariate(1 / mean_s))

    lon = centre[0] + chance.gauss(0, 0.012) + chance.choice((0, 0, 0.02))
    lat = centre[1] + chance.gauss(0, 0.009)
    answered = at + timedelta(seconds=chance.uniform(2, 25))
    dispatched = later(answered, 90)
    en_route = later(dispatched, 70)
    on_scene = later(en_route, 380)
    cleared = later(on_scene, 1500)
    session.execute(
        "INSERT INTO incidents (number, kind_code, priority, status, received_at, point, method,"
        " address, village_code, verified_at, outcome, summary, resolved_at, closed_at, sample)"
        " VALUES (%s, %s, %s, 'closed', %s, ST_SetSRID(ST_Point(%s, %s), 4326), 'pin', %s, %s, %s,"
        " %s, %s, %s, %s, %s) RETURNING id",
        (
            f"{at:%Y%m%d}-{number:04}",
            kind,
            chance.randint(1, 4),
            at,
            lon,
            lat,
            f"Jl. {chance.choice(('Diponegoro', 'Alianyang', 'Yos Sudarso', 'Ahmad Yani'))}",
            chance.choice(villages),
            answered,
            "resolved",
            "Selesai",
            cleared,
            cleared,
            sample,
        ),
    )
    incident = session.fetchone()[0]  # type: ignore[index]
    session.execute(
        "INSERT INTO calls (caller_number, caller_name, received_at, answered_at, ended_at,"
        " disposition, incident_id, sample) VALUES ('0812-PRIVATE', 'Nama Rahasia', %s, %s, %s,"
        " 'incident', %s, %s)",
        (at, answered, answered + timedelta(seconds=60), incident, sample),
    )
    session.execute(
        "INSERT INTO referrals (incident_id, agency_code, role, status, sent_at, acknowledged_at,"
        " ready_at, accepted_at, completed_at) VALUES (%s, %s, 'lead', 'completed', %s, %s, %s, %s,"
        " %s) RETURNING id",
        (incident, agency, answered, dispatched, dispatched, dispatched, cleared),
    )
    referral = session.fetchone()[0]  # type: ignore[index]
    session.execute(
        "INSERT INTO assignments (incident_id, referral_id, unit_id, status, dispatched_at,"
        " acknowledged_at, en_route_at, on_scene_at, cleared_at) VALUES (%s, %s, %s, 'cleared', %s,"
        " %s, %s, %s, %s)",
        (incident, referral, unit_id, dispatched, en_route, en_route, on_scene, cleared),
    )
    session.execute(
        "INSERT INTO events (occurred_at, entered_at, source, actor, kind, incident_id)"
        " VALUES (%s, %s, 'operator', 'operator', 'incident.closed', %s)",
        (cleared, cleared, incident),
    )


def _other_call(session: cursor, chance: random.Random, at: datetime, sample: bool) -> None:
    disposition = chance.choices(
        ("prank", "hantu", "informasi", "salah_sambung", "terputus"), weights=(5, 4, 2, 1, 2)
    )[0]
    answered = None if disposition == "terputus" else at + timedelta(seconds=chance.uniform(2, 20))
    session.execute(
        "INSERT INTO calls (caller_number, received_at, answered_at, ended_at, disposition, sample)"
        " VALUES (NULL, %s, %s, %s, %s, %s)",
        (at, answered, at + timedelta(seconds=40), disposition, sample),
    )
