"""Notices: what was told outside the screens, what did not arrive, and devices that sign up."""

from datetime import timedelta
from typing import Literal

from flask import session
from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import Body, IdPath, Query, Shape
from gis_dispatch.consoles.api.shapes_acts import Note
from gis_dispatch.consoles.api.viewing import agency_seen, require_incident_visible
from gis_dispatch.consoles.auth import PUSH_DEVICE
from gis_dispatch.consoles.context import (
    current_actor,
    current_house,
    current_settings,
    current_viewer,
)
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.sign_up_device import sign_off_device, sign_up_device
from gis_dispatch.services.tell_otherwise import tell_otherwise

blueprint = resource("notices", "Notices")

SHOWN_FOR = timedelta(hours=12)
"""A shift: what did not arrive before it is nobody's work any more."""


class Notification(Shape):
    """One notice's way to one device or contact; its text and address are left out."""

    id: int
    topic: str
    way: str
    recipient: str
    agency_code: str | None
    agency_name: str | None
    agency_phone: str | None
    incident_id: int | None
    incident_number: str | None
    unit_id: int | None
    call_sign: str | None
    title: str
    created_at: AwareDatetime
    attempts: int
    next_attempt_at: AwareDatetime | None
    delivered_at: AwareDatetime | None
    failed_at: AwareDatetime | None
    last_error: str | None
    last_reason: str | None
    told_at: AwareDatetime | None
    told_by: str | None
    told_note: str | None


class Notifications(Shape):
    """A list of notices, newest first."""

    items: list[Notification]


class NotificationQuery(Query):
    """Which notices."""

    state: Literal["undelivered", "all"] = "all"
    agency: str | None = None
    incident_id: int | None = None
    limit: int = Field(default=200, ge=1, le=1000)


class PushKey(Shape):
    """By which key push services know this installation."""

    public_key: str


class PushKeys(Body):
    """The two keys of a browser's subscription."""

    p256dh: str
    auth: str


class NewSubscription(Body):
    """What the browser's PushManager gave, and what the device is called."""

    device: str
    endpoint: str
    keys: PushKeys


class Subscription(Shape):
    """A device that is told."""

    id: int
    device: str
    created_at: AwareDatetime


class Subscriptions(Shape):
    """One's own devices."""

    items: list[Subscription]


@blueprint.get("/notifications", responses={200: Notifications})
@needs("notifications.read")
def list_notifications(query: NotificationQuery) -> Row:
    """List notices; a dispatcher sees those of the own agency."""
    if query.incident_id is not None:
        require_incident_visible(query.incident_id)
    house = current_house()
    since = house.clock.now() - SHOWN_FOR if query.state == "undelivered" else None
    rows = house.store.reads.all(
        "list_notifications",
        state=query.state,
        agency=agency_seen(query.agency),
        incident_id=query.incident_id,
        since=since,
        most=query.limit,
    )
    return {"items": rows}


@blueprint.post("/notifications/<int:id>/told", responses={204: None})
@needs("notifications.tell")
def told(path: IdPath, body: Note) -> tuple[str, int]:
    """Say that the person was told otherwise, for instance by phone."""
    tell_otherwise(current_house(), current_actor(), path.id, body.note)
    return "", 204


@blueprint.get("/push/key", responses={200: PushKey})
@needs("push.subscribe")
def push_key() -> Row:
    """Tell the key that a browser signs up with."""
    # Here: what it needs weighs 9 MB in every worker, and is asked for once by each new device.
    from gis_dispatch.exchange.vapid import public_key

    return {"public_key": public_key(current_settings().home)}


@blueprint.get("/push/subscriptions", responses={200: Subscriptions})
@needs("push.subscribe")
def list_own_subscriptions() -> Row:
    """List one's own devices that are told."""
    user_id = current_actor().user_id
    return {"items": current_house().store.reads.all("list_subscriptions", user_id=user_id)}


@blueprint.post("/push/subscriptions", responses={201: Subscriptions})
@needs("push.subscribe")
def subscribe(body: NewSubscription) -> tuple[Row, int]:
    """Sign this browser up to be told while no page is open."""
    viewer = current_viewer()
    session[PUSH_DEVICE] = sign_up_device(
        current_house(),
        viewer.actor,
        session_version=viewer.session_version,
        device=body.device,
        endpoint=body.endpoint,
        **body.keys.model_dump(),
        hosts=current_settings().push_hosts,
    )
    return list_own_subscriptions(), 201


@blueprint.delete("/push/subscriptions/<int:id>", responses={204: None})
@needs("push.subscribe")
def unsubscribe(path: IdPath) -> tuple[str, int]:
    """Sign one of one's own devices off."""
    sign_off_device(current_house(), current_actor(), path.id)
    return "", 204
