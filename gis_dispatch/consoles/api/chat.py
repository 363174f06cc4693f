"""Chat: about an incident, for those who may see it; within a shift, for those at its desk."""

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes_handovers import (
    ChatMessages,
    ChatQuery,
    NewMessage,
    ReadMark,
    UnreadChats,
)
from gis_dispatch.consoles.api.viewing import require_incident_visible
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.consoles.streaming.sight import Sight
from gis_dispatch.ports import Row
from gis_dispatch.services.chat import list_unread, mark_read, read_chat, say

blueprint = resource("chat", "Chat")


@blueprint.get("/chat", responses={200: ChatMessages})
@needs("chat.use")
def get_chat(query: ChatQuery) -> Row:
    """Read what was said about an incident, or in the own shift."""
    return _chat(query.incident_id, query.after)


@blueprint.post("/chat", responses={201: ChatMessages})
@needs("chat.use")
def post_chat(body: NewMessage) -> tuple[Row, int]:
    """Say something about an incident, or to the own shift; it stays in the record."""
    _require(body.incident_id)
    say(current_house(), current_actor(), **body.model_dump())
    return _chat(body.incident_id, None), 201


@blueprint.put("/chat/read", responses={204: None})
@needs("chat.use")
def put_read(body: ReadMark) -> tuple[str, int]:
    """Remember up to which message this person has read."""
    _require(body.incident_id)
    mark_read(current_house(), current_actor(), body.event_id, body.incident_id)
    return "", 204


@blueprint.get("/chat/unread", responses={200: UnreadChats})
@needs("chat.use")
def get_unread() -> Row:
    """List the chats in which others said something this person has not read."""
    actor = current_actor()
    return {"items": list_unread(current_house(), actor, sees_all=Sight.of(actor).everything)}


def _chat(incident_id: int | None, after: int | None) -> Row:
    _require(incident_id)
    return read_chat(current_house(), current_actor(), incident_id, after)


def _require(incident_id: int | None) -> None:
    if incident_id is not None:
        require_incident_visible(incident_id)
