"""A replay to take along, in the viewer's language: what is in the zip, and the page on paper."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import format_datetime, gettext

from gis_dispatch.analysis.replay_files import events_csv, tracks_geojson, zipped
from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_house, current_settings
from gis_dispatch.consoles.event_words import event_words
from gis_dispatch.consoles.i18n import current_locale
from gis_dispatch.consoles.json import dumps
from gis_dispatch.consoles.report_pages import zone
from gis_dispatch.errors import _
from gis_dispatch.ports import Row
from gis_dispatch.services.replay_spans import Span

RECORDING = _(
    "This is a recording, as it was known then. "
    "What was entered more than a minute after it happened is marked."
)
IN_TABLE = _(
    "Every event, one a line: when it happened, when it was entered, "
    "what it changed (%(count)s events)."
)
IN_DATA = _(
    "The same as data, with what was known when it began, the shapes of closures, "
    "and the last positions before."
)
IN_TRACKS = _(
    "The way of every unit, with the time each point was recorded and received. "
    "Coordinates are (lon, lat), WGS 84."
)
MOST_ON_PAPER = 500
"""Events on the page; a longer list is read in the table, which holds all of them."""


def zip_name(span: Span) -> str:
    """What the file is called: which incident or which hour."""
    began = span.from_at.astimezone(zone()).strftime("%Y%m%d-%H%M")
    return f"replay-{span.incident_number or began}.zip"


def replay_zip(span: Span, taken: Row) -> bytes:
    """README, events as a table and as data, tracks, and the course of events on paper."""
    # Here and not beside the event loop: WeasyPrint looks for its libraries with a subprocess, and
    # gevent starts those in the main thread only.
    from gis_dispatch.analysis.report_paper import paper

    units = {one["id"]: one for one in taken["start"] if one["thing"] == "unit"}
    agencies = {
        row["code"]: row["short_name"] for row in current_house().store.reads.all("api_agencies")
    }
    rows = [_row(event, units, agencies) for event in taken["events"]]
    heading = _heading(span)
    readme = _readme(heading, len(rows))
    html = render_template(
        "replay_paper.html", **heading, rows=rows[:MOST_ON_PAPER], left_out=rows[MOST_ON_PAPER:],
        moment=_moment, locale=current_locale(),
    )  # fmt: skip
    return aside(_zip, span, taken, rows, units, readme, lambda sha256: paper(html, sha256))


def _zip(
    span: Span,
    taken: Row,
    rows: Sequence[Row],
    units: Mapping[int, Row],
    readme: str,
    printed: Callable[[str], bytes],
) -> bytes:
    data = {
        "from": span.from_at, "to": span.to_at, "incident_id": span.incident_id,
        "incident_number": span.incident_number,
        **{name: taken[name] for name in ("start", "positions", "events", "closures")},
    }  # fmt: skip
    body = dumps(data)
    tracks = tracks_geojson(span.from_at, taken["tracks"], units)
    files = {
        "README.txt": readme.encode(),
        "events.csv": events_csv(rows),
        "replay.json": body,
        "tracks.geojson": dumps(tracks),
        "timeline.pdf": printed(hashlib.sha256(body).hexdigest()),
    }
    return zipped(files, span.to_at)


def _row(event: Row, units: Mapping[int, Row], agencies: Mapping[str, str]) -> Row:
    change = event["change"] or {}
    unit = units.get(event["unit_id"] or 0, {}).get("call_sign") or event["data"].get("call_sign")
    agency = agencies.get(event["agency_code"] or "", event["agency_code"])
    return {
        **{name: event[name] for name in ("id", "kind", "source")},
        "occurred_at": _local(event["occurred_at"]),
        "entered_at": _local(event["entered_at"]),
        "entered_later_s": event["late_s"],
        "words": event_words(event, agency, unit),
        "incident": event["incident_number"],
        "unit": unit,
        "agency": agency,
        "status": change.get("status") or change.get("duty"),
        "priority": change.get("priority"),
        "lon": change.get("lon"),
        "lat": change.get("lat"),
    }


def _local(moment: datetime) -> str:
    return moment.astimezone(zone()).isoformat(timespec="milliseconds")


def _moment(written: str) -> str:
    return str(format_datetime(datetime.fromisoformat(written), "d MMM HH:mm:ss", rebase=False))


def _readme(heading: Mapping[str, Any], events: int) -> str:
    lines = (
        f"{heading['service_name']} · {heading['city']}",
        f"{gettext('Replay')}: {heading['about']}",
        f"{heading['span']} ({heading['timezone']})",
        gettext("Made on %(moment)s", moment=heading["made"]),
        "",
        gettext(RECORDING),
        gettext("Left out: callers, addresses, names of people and what they wrote."),
        "",
        f"events.csv      {gettext(IN_TABLE, count=events)}",
        f"replay.json     {gettext(IN_DATA)}",
        f"tracks.geojson  {gettext(IN_TRACKS)}",
        f"timeline.pdf    {gettext('The course of events on paper.')}",
    )
    return "\n".join(lines) + "\n"


def _heading(span: Span) -> dict[str, Any]:
    settings = current_settings()
    first, last = (
        format_datetime(moment.astimezone(zone()), "d MMMM yyyy HH:mm", rebase=False)
        for moment in (span.from_at, span.to_at)
    )
    about = gettext("Incident %(number)s", number=span.incident_number)
    return {
        "about": about if span.incident_number else gettext("The whole room"),
        "span": f"{first} – {last}",
        "city": settings.city,
        "service_name": settings.service_name,
        "timezone": settings.timezone,
        "made": format_datetime(
            current_house().clock.now().astimezone(zone()), "d MMMM yyyy HH:mm", rebase=False
        ),
    }
