"""Replay: a span of the past as it was known then, its tracks, and the file to take along."""

from datetime import datetime

from flask import jsonify, make_response
from werkzeug.wrappers import Response

from gis_dispatch.consoles.api.closures import feature
from gis_dispatch.consoles.api.document import a_file, resource
from gis_dispatch.consoles.api.shapes_replay import (
    NewReplayExport,
    Replay,
    ReplayQuery,
    ReplayTracks,
    TracksQuery,
)
from gis_dispatch.consoles.api.viewing import require_incident_visible
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.replay_files import replay_zip, zip_name
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.export_replay import export_replay
from gis_dispatch.services.read_incident import read_incident
from gis_dispatch.services.replay_sight import Sight, sight_of
from gis_dispatch.services.replay_span import MOST_EVENTS, replay_span
from gis_dispatch.services.replay_spans import LONGEST, Span, chosen_span, incident_of_number
from gis_dispatch.services.replay_tracks import replay_tracks

blueprint = resource("replay", "Replay")


@blueprint.get("/replay", responses={200: Replay})
@needs("replay.read")
def replay(query: ReplayQuery) -> Response:
    """Read a span as it was known then: the picture at its start, then every change."""
    house, sight = current_house(), sight_of(current_actor())
    incident_id = query.incident_id
    if query.number:
        incident_id = incident_of_number(house, query.number)
    span = _span(query.since, query.until, incident_id)
    told = replay_span(house, span, sight, after=query.after)
    closures = house.store.reads.all("replay_closures", from_at=span.from_at, to_at=span.to_at)
    return jsonify(
        {
            "from": span.from_at,
            "to": span.to_at,
            "now": house.clock.now(),
            "longest_s": int(LONGEST.total_seconds()),
            "most_events": MOST_EVENTS,
            "incident": _incident(span, sight),
            "closures": {
                "type": "FeatureCollection",
                "features": [feature(_closure(row, sight)) for row in closures],
            },
            **told,
            "tracks": {"every_s": span.every_s, "slice_s": span.slice_s},
        }
    )


@blueprint.get("/replay/tracks", responses={200: ReplayTracks})
@needs("replay.read")
def tracks(query: TracksQuery) -> Response:
    """Read where units were in a part of a span, with both clocks of every point."""
    span = _span(query.since, query.until, None)
    only = current_actor().only_agency
    return jsonify(replay_tracks(current_house(), span, query.part_from, query.part_to, only))


@blueprint.post("/replay/export", responses={200: a_file("application/zip")})
@needs("replay.export")
def export(body: NewReplayExport) -> Response:
    """Take a span along as one file, without names or words of people; the record keeps who did."""
    span = _span(body.since, body.until, body.incident_id)
    response = make_response(
        replay_zip(span, export_replay(current_house(), current_actor(), span))
    )
    response.mimetype = "application/zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{zip_name(span)}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _span(from_at: datetime | None, to_at: datetime | None, incident_id: int | None) -> Span:
    if incident_id is not None:
        require_incident_visible(incident_id)
    return chosen_span(current_house(), from_at, to_at, incident_id)


def _incident(span: Span, sight: Sight) -> Row | None:
    if span.incident_id is None:
        return None
    steps = read_incident(current_house(), span.incident_id, current_actor())["procedure"]
    return {
        "id": span.incident_id,
        "number": span.incident_number,
        "shortened": span.shortened,
        "procedure": [{**step, "by": step["by"] if sight.words else None} for step in steps],
    }


def _closure(row: Row, sight: Sight) -> Row:
    """Why a road is closed is said on the road itself; who said so is not for everybody."""
    return row if sight.words else {**row, "created_by": None}
