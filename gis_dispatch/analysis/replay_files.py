"""A replay as files that other programs read: events as CSV, tracks as GeoJSON, all in one zip."""

import csv
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

from gis_dispatch.domain.sheets import cell

Row = Mapping[str, Any]

COLUMNS = (
    "id", "occurred_at", "entered_at", "entered_later_s", "kind", "words", "incident", "unit",
    "agency", "status", "priority", "lon", "lat", "source",
)  # fmt: skip
LATE_AFTER_S = 60


def events_csv(rows: Sequence[Row]) -> bytes:
    """One event a line (RFC 4180), with the mark that lets spreadsheets see it is UTF-8."""
    written = StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(row.get(name)) for name in COLUMNS})
    return written.getvalue().encode("utf-8-sig")


def tracks_geojson(began_at: datetime, tracks: Sequence[Row], units: Mapping[int, Row]) -> Row:
    """One feature a unit: its way, and beside each point when it was recorded and received."""
    return {
        "type": "FeatureCollection",
        "features": [_track(began_at, track, units.get(track["unit_id"], {})) for track in tracks],
    }


def _track(began_at: datetime, track: Row, unit: Row) -> Row:
    points = [[lon, lat] for lon, lat in zip(track["lon"], track["lat"], strict=True)]
    recorded = [began_at + timedelta(milliseconds=ms) for ms in track["recorded_ms"]]
    delays = track["delay_s"]
    return {
        "type": "Feature",
        "id": track["unit_id"],
        "geometry": {"type": "LineString", "coordinates": points}
        if len(points) > 1
        else {"type": "Point", "coordinates": points[0]},
        "properties": {
            "unit_id": track["unit_id"],
            "call_sign": unit.get("call_sign"),
            "agency_code": unit.get("agency_code"),
            "recorded_at": recorded,
            "received_at": [
                at + timedelta(seconds=delay_s)
                for at, delay_s in zip(recorded, delays, strict=True)
            ],
            "entered_later": [delay_s > LATE_AFTER_S for delay_s in delays],
            "not_believed": [bool(doubted) for doubted in track["doubted"]],
        },
    }


def zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The files in one zip, all dated the same."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return made.getvalue()
