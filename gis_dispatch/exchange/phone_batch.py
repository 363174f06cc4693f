"""Reads many positions at once: a JSON array, or one JSON object a line. Pure.

Each point has the words of the OsmAnd protocol (`id, timestamp, lat, lon, speed, …`) or is what
Traccar Client sends (`device_id, location`). A buffered point without a time says nothing, so the
time is required.
"""

from collections.abc import Mapping
from typing import Any

import orjson

from gis_dispatch.errors import BadInput
from gis_dispatch.exchange.osmand import (
    PhoneFieldMissing,
    PhoneReport,
    parse_form,
    parse_object,
)


class BatchUnreadable(BadInput):
    """This is neither a JSON array of points nor one JSON object a line."""


class PointUnreadable(BadInput):
    """This point is not a JSON object."""


def split(body: bytes) -> list[Any]:
    """The points of a body, not looked at yet; a line that is no JSON stands for itself."""
    text = body.strip()
    if text.startswith(b"["):
        try:
            points = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise BatchUnreadable(field="body") from None
        return list(points)
    if not text.startswith(b"{"):
        raise BatchUnreadable(field="body")
    return [_line(line) for line in text.splitlines() if line.strip()]


def _line(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def read_point(raw: Any) -> PhoneReport | BadInput:
    """A point, or what is wrong with it."""
    if not isinstance(raw, dict):
        return PointUnreadable(field="point")
    try:
        phone = parse_object(raw) if "location" in raw else parse_form(_fields(raw))
        if phone.report.recorded_at is None:
            return PhoneFieldMissing(field="timestamp")
    except BadInput as refusal:
        return refusal
    return phone


def _fields(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """A form's fields are all text; JSON's "nothing" is a field that was not sent."""
    return {name: value for name, value in raw.items() if value is not None}
