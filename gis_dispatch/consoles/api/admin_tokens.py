"""Secrets of programs and phones: tokens of the API, identifiers of phones."""

from flask import request

from gis_dispatch.consoles.api.admin_shapes import (
    Devices,
    MadeDevice,
    MadeSecret,
    NewDevice,
    NewToken,
    Tokens,
)
from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.exchange.owntracks import configuration, configuration_link
from gis_dispatch.ports import Row
from gis_dispatch.services.manage_devices import NewDevice as MadePhone
from gis_dispatch.services.manage_devices import create_device, revoke_device
from gis_dispatch.services.manage_tokens import create_token, revoke_token

blueprint = resource("tokens", "Administration")

PHONE_DOOR = "/phones/osmand"
OWNTRACKS_DOOR = "/phones/owntracks"
OSMAND_FIELDS = "lat={0}&lon={1}&timestamp={2}&hdop={3}&altitude={4}&speed_mps={5}&bearing={6}"
"""OsmAnd puts its values in; its speed is in metres a second."""


@blueprint.get("/tokens", responses={200: Tokens})
@needs("tokens.manage")
def list_tokens() -> Row:
    """List the tokens of programs; never their secrets, which are not kept."""
    return {"items": current_house().store.reads.all("list_tokens")}


@blueprint.post("/tokens", responses={201: MadeSecret})
@needs("tokens.manage")
def add_token(body: NewToken) -> tuple[Row, int]:
    """Make a token; its secret is told in the answer, this once."""
    token_id, secret = create_token(current_house(), current_actor(), **body.model_dump())
    return {"id": token_id, "secret": secret}, 201


@blueprint.delete("/tokens/<int:id>", responses={204: None})
@needs("tokens.manage")
def remove_token(path: IdPath) -> tuple[str, int]:
    """Revoke a token: from now on it opens nothing."""
    revoke_token(current_house(), current_actor(), path.id)
    return "", 204


@blueprint.get("/devices", responses={200: Devices})
@needs("devices.manage")
def list_devices() -> Row:
    """List the phones that report where units are."""
    return {"items": current_house().store.reads.all("list_devices")}


@blueprint.post("/devices", responses={201: MadeDevice})
@needs("devices.manage")
def add_device(body: NewDevice) -> tuple[Row, int]:
    """Make a phone's identifier, told in the answer, this once, with what to type beside it."""
    made = create_device(current_house(), current_actor(), **body.model_dump())
    host = request.host_url.rstrip("/")
    return {
        "id": made.id,
        "secret": made.secret,
        "server_url": host + PHONE_DOOR,
        "device_identifier": made.secret,
        "osmand_url": f"{host}{PHONE_DOOR}?id={made.secret}&{OSMAND_FIELDS}",
        "owntracks": _owntracks(made, host + OWNTRACKS_DOOR),
    }, 201


def _owntracks(made: MadePhone, url: str) -> Row:
    letters = [letter for letter in made.call_sign.upper() if letter.isalnum()]
    tracker_id = letters[0] + letters[-1] if letters else "GD"
    config = configuration(url, made.call_sign, made.secret, tracker_id, made.payload_key)
    return {
        "url": url,
        "username": made.call_sign,
        "password": made.secret,
        "tracker_id": tracker_id,
        "encryption_key": made.payload_key,
        "configuration": config,
        "link": configuration_link(config),
    }


@blueprint.delete("/devices/<int:id>", responses={204: None})
@needs("devices.manage")
def remove_device(path: IdPath) -> tuple[str, int]:
    """Revoke a phone: its positions are refused from now on."""
    revoke_device(current_house(), current_actor(), path.id)
    return "", 204
