"""The day that the pictures show: told through the API, the same each time."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2
from playwright.sync_api import Page

from tests.analysis.history import write_history
from tests.journeys.browsers import Desk
from tests.journeys.talking import accept, ask, tell

CENTRE = (11.967, 57.708)
CASES: tuple[tuple[str, float, float, str, str], ...] = (
    (
        "kebakaran.bangunan",
        11.9707,
        57.7035,
        "Ruko dua lantai terbakar, ada orang di dalam",
        "damkar",
    ),
    ("kesehatan.gawat_medis", 11.9520, 57.6990, "Laki-laki 60 tahun, nyeri dada", "psc119"),
    ("bencana_alam.pohon_tumbang", 11.9395, 57.7112, "Pohon besar menutup separuh jalan", "damkar"),
)
FLOOD = ((11.9630, 57.7062), (11.9662, 57.7062), (11.9662, 57.7080), (11.9630, 57.7080))
STEP_S = 5
SHARE_DRIVEN = 0.6
MOST_POINTS = 40


def past(database_url: str) -> None:
    """Two months that are over, for planners; the units of that time are not in use any more."""
    write_history(
        database_url, begin=datetime.now(UTC) - timedelta(days=60), days=59, incidents=240,
        sample=True, centre=CENTRE,
    )  # fmt: skip
    with psycopg2.connect(database_url) as connection, connection.cursor() as session:
        session.execute("UPDATE units SET active = false WHERE call_sign LIKE 'HIST-%'")


def today(desk: Desk) -> None:
    """Three cases: one waits for its units, one has an ambulance, one a crew on its way."""
    lead = desk.sign_in("lead_operator")
    lead.goto("/operator")
    waiting, medical, tree = (_referred(lead, *case) for case in CASES)
    ring = [list(corner) for corner in (*FLOOD, FLOOD[0])]
    area = {"type": "Polygon", "coordinates": [ring]}
    water = {"effect": "closed", "reason": "Banjir", "depth_cm": 60}
    tell(lead, "/closures", {"geometry": area, "properties": water})
    crew = desk.sign_in("crew")
    crew.goto("/field")
    own = ask(crew, "/reference")["me"]["unit_id"]
    assignment = _send(lead, tree, own)
    best = ask(lead, f"/incidents/{medical['incident_id']}/ranking?agency=psc119")["ranked"][0]
    _send(lead, medical, best["unit"]["id"])
    for step in ("acknowledged", "en_route"):
        tell(crew, f"/assignments/{assignment['id']}/steps", {"step": step})
    _drive(crew, ask(crew, f"/assignments/{assignment['id']}/route")["route"]["coordinates"])
    assert waiting["status"] == "accepted"


def _referred(lead: Page, kind: str, lon: float, lat: float, said: str, agency: str) -> Any:
    values = {
        "kind": kind,
        "lon": lon,
        "lat": lat,
        "method": "pin",
        "verified": True,
        "description": said,
    }
    incident = tell(lead, "/incidents", values)
    [referral] = tell(lead, f"/incidents/{incident['id']}/referrals", {"agencies": [agency]})[
        "items"
    ]
    return accept(lead, referral)


def _send(lead: Page, referral: Any, unit_id: int) -> Any:
    path = f"/incidents/{referral['incident_id']}/assignments"
    return tell(lead, path, {"referral_id": referral["id"], "unit_ids": [unit_id]})["items"][0]


def _drive(crew: Page, way: list[list[float]]) -> None:
    """The crew's phone along the first part of its way, as if it had been under way for minutes."""
    driven = way[: max(2, round(len(way) * SHARE_DRIVEN))]
    points = driven[:: max(1, len(driven) // MOST_POINTS)]
    begun = datetime.now(UTC) - timedelta(seconds=STEP_S * len(points))
    for number, (lon, lat) in enumerate(points, 1):
        at = begun + timedelta(seconds=STEP_S * number)
        tell(crew, "/positions", {"lon": lon, "lat": lat, "accuracy_m": 6, "speed_kph": 38,
                                  "heading_deg": 40, "recorded_at": at.isoformat()})  # fmt: skip
    time.sleep(1)
