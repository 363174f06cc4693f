"""Reads the recorded shapes of phones: what each app sends, when it comes, what becomes of it."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict

from gis_dispatch.domain.tracking import Report
from gis_dispatch.exchange.osmand import parse_form, parse_json
from gis_dispatch.exchange.owntracks import (
    ENCRYPTED,
    LOCATION,
    decrypted,
    encrypted,
    parse_location,
    read_message,
)

FOLDER = Path(__file__).parent / "recorded"
_MOMENT = re.compile(r"\{(s|ms|iso)([+-]\d+)\}")
Number = float | Literal["none"]


class Strict(BaseModel):
    """A key that nobody knows is a typing error."""

    model_config = ConfigDict(extra="forbid")


class Request(Strict):
    """One request of a phone: by exactly one way, and what becomes of it."""

    at_s: int
    """When it comes in by the server's clock, since the beginning."""
    get: str | None = None
    post: str | None = None
    """With everything in the address."""
    form: str | None = None
    body: str | None = None
    """JSON."""
    position: bool = True
    """False: something else that the app sends, which is let go."""
    kept: bool = True
    shown: bool = True
    flags: list[str] = []
    speed_kph: Number | None = None
    heading_deg: Number | None = None
    battery_percent: Number | None = None


class Shape(Strict):
    """What one phone sent one day."""

    about: str
    door: Literal["/phones/osmand", "/phones/owntracks"]
    encrypted: bool = False
    arrival: bool
    """Whether a crew on its way to (108.987, 0.906) has arrived by it."""
    requests: list[Request]

    @cached_property
    def span_s(self) -> int:
        return max(request.at_s for request in self.requests)


def shapes() -> dict[str, Shape]:
    """Every recorded shape by its file's name."""
    return {
        path.stem: Shape.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*.toml"))
    }


def filled(text: str, device: str, began_at: datetime) -> str:
    """A request with the device's identifier and moments of today in it."""

    def moment(found: re.Match[str]) -> str:
        at = began_at + timedelta(seconds=int(found[2]))
        if found[1] == "iso":
            return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        seconds = at.timestamp()
        return str(round(seconds * 1000) if found[1] == "ms" else round(seconds))

    return _MOMENT.sub(moment, text.replace("{id}", device))


def body_of(shape: Shape, request: Request, device: str, key: str, began_at: datetime) -> Any:
    """The JSON of a request as it goes over the wire."""
    assert request.body is not None
    message = read_message(filled(request.body, device, began_at).encode())
    assert message is not None
    return encrypted(message, key) if shape.encrypted else message


def report_of(shape: Shape, request: Request, key: str, began_at: datetime) -> Report | None:
    """What the readers make of a request; None of what is no position."""
    if shape.door == "/phones/owntracks":
        message: Mapping[str, Any] | None = body_of(shape, request, "t", key, began_at)
        if message is not None and message["_type"] == ENCRYPTED:
            message = decrypted(message, key)
        if message is None or message["_type"] != LOCATION:
            return None
        return parse_location(message)
    if request.body is not None:
        return parse_json(filled(request.body, "t", began_at)).report
    fields = request.get or request.post or request.form or ""
    return parse_form(dict(parse_qsl(filled(fields, "t", began_at), keep_blank_values=True))).report
