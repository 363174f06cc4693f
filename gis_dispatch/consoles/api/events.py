"""Events: everything that changed, as a list to read on from, or live as server-sent events."""

from collections.abc import Iterator
from socket import socket
from typing import cast

from flask import Flask, Response, current_app, request
from pydantic import ConfigDict, Field

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Events, Query
from gis_dispatch.consoles.auth import still_valid
from gis_dispatch.consoles.context import current_house, current_hub, current_viewer
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.streaming import sockets
from gis_dispatch.consoles.streaming.streams import Stream, events_after
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import Row

blueprint = resource("events", "Events")

EVENT_STREAM = "text/event-stream"
LARGEST_ID = 2**63 - 1


class LastEventIdUnusable(BadInput):
    """{field}: "{given}" is not the number of an event. Give a whole number, 0 or more."""


class EventQuery(Query):
    """Where to read on."""

    after: int | None = Field(
        default=None,
        ge=0,
        le=LARGEST_ID,
        description="Events after this id; a stream without it begins with the newest.",
    )
    incident_id: int | None = Field(default=None, description="Lists only: of one incident.")
    limit: int = Field(default=500, ge=1, le=1000, description="Lists only.")


class EventsOrStream(Events):
    """Events as a list; with Accept: text/event-stream the same events, live, one frame each.

    The types of frames: `event` (an Event, its kind inside, with its id), `positions` (`fields`,
    then `rows` of values in that order: of each unit that changed, what changed), `behind` (`left`
    events that were missed are still to come), `beat` (`now`, `last_event_id`, `behind_since`:
    since when the server cannot read its database) and `bye` (the server goes down: come back
    soon).
    """

    model_config = ConfigDict(  # type: ignore[typeddict-unknown-key]  # flask-openapi3 reads it
        openapi_extra={"content": {EVENT_STREAM: {"schema": {"type": "string"}}}}
    )


@blueprint.get("/events", responses={200: EventsOrStream})
@needs("events.read")
def events(query: EventQuery) -> Row | Response:
    """Read events after an id, or follow them live (Accept: text/event-stream)."""
    if request.accept_mimetypes.best_match(["application/json", EVENT_STREAM]) == EVENT_STREAM:
        return _stream(query.after)
    rows = events_after(
        current_house(),
        current_viewer().actor,
        query.after or 0,
        incident_id=query.incident_id,
        most=query.limit,
    )
    return {"items": rows}


def _stream(after: int | None) -> Response:
    house, hub, viewer = current_house(), current_hub(), current_viewer()
    # A stream outlives its request, so it needs the application itself, not the proxy.
    app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined] # noqa: SLF001
    hub.start()
    heard = request.headers.get("Last-Event-ID", "").strip()
    if heard:
        if not heard.isdecimal() or int(heard) > LARGEST_ID:
            raise LastEventIdUnusable(field="Last-Event-ID", given=heard)
        after = int(heard)
    if after is None or after > hub.events.newest_id:
        newest = int(house.store.reads.value("newest_event_id"))
        # Beyond the newest there is nothing to wait for: the database is older than this console.
        after = newest if after is None else min(after, newest)

    def check() -> bool:
        with app.app_context():
            return still_valid(viewer)

    stream = Stream(house, hub, viewer.actor, after=after, still_valid=check)
    return Response(
        _over(request.environ.get("gunicorn.socket"), stream),
        mimetype=EVENT_STREAM,
        headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
    )


def _over(connection: socket | None, stream: Stream) -> Iterator[bytes]:
    sockets.watch(connection)
    yield from stream.frames()
    sockets.end(connection)
