"""Reads the OsmAnd protocol, as Traccar Client and OsmAnd on a phone send it.

Two shapes: a form (GET query or POST body; speed in knots, battery 0-100) and the JSON of newer
clients (speed in metres a second, battery 0-1, -1 for "unknown"). Both become one `PhoneReport`
in km/h. Pure: no clock, no database.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import BadInput

KPH_PER_KNOT = 1.852
KPH_PER_MPS = 3.6
METRES_PER_HDOP = 5.0
"""What one unit of horizontal dilution means for a phone's receiver, roughly."""
LAST_SECOND = 2**31 - 1
"""A larger timestamp is in milliseconds; so Traccar reads it as well."""


class PhoneFieldMissing(BadInput):
    """The phone did not send "{field}". Traccar Client and OsmAnd always send it."""


class PhoneNumberUnreadable(BadInput):
    """ "{field}" must be a number, not "{given}"."""


class PhonePlaceImpossible(BadInput):
    """ "{field}" is {given}, which is no place on earth. It must be from {least} to {most}."""


class PhoneTimeUnreadable(BadInput):
    """ "{field}" must be a time, not "{given}": Unix seconds, milliseconds or ISO 8601."""


class PhoneBodyUnreadable(BadInput):
    """ "{field}" is not what Traccar Client sends: JSON with "device_id" and "location.coords"."""


@dataclass(frozen=True, slots=True)
class PhoneReport:
    """One report with the token of the device that sent it."""

    token: str
    report: Report
    altitude_m: float | None = None
    charging: bool | None = None


def parse_form(fields: Mapping[str, Any]) -> PhoneReport:
    """The classic shape: `id, timestamp, lat, lon, speed, bearing, altitude, accuracy, batt …`.

    A form's fields are text; the same shape in JSON has numbers.
    """
    lat, lon = fields.get("lat"), fields.get("lon")
    if lat is None and lon is None and "," in fields.get("location", ""):
        lat, lon = fields["location"].split(",")[:2]
    speed_kph = _speed_kph(fields)
    accuracy_m = not_negative("accuracy", fields.get("accuracy"))
    hdop = not_negative("hdop", fields.get("hdop"))
    if accuracy_m is None and hdop is not None:
        accuracy_m = hdop * METRES_PER_HDOP
    return PhoneReport(
        token=_token("id", fields.get("id") or fields.get("deviceid")),
        report=Report(
            lon=degrees("lon", lon, 180),
            lat=degrees("lat", lat, 90),
            recorded_at=time_of("timestamp", fields.get("timestamp")),
            accuracy_m=accuracy_m,
            speed_kph=speed_kph,
            heading_deg=heading_of("bearing", fields.get("bearing", fields.get("heading"))),
            battery_percent=percent_of(number_of("batt", fields.get("batt"))),
        ),
        altitude_m=number_of("altitude", fields.get("altitude")),
        charging=_truth(fields.get("charge")),
    )


def _speed_kph(fields: Mapping[str, Any]) -> float | None:
    """Knots, as Traccar Client sends `speed`; OsmAnd's own is in metres a second, so the address
    that is given out for it calls it `speed_mps`.
    """
    speed_mps = not_negative("speed_mps", fields.get("speed_mps"))
    if speed_mps is not None:
        return speed_mps * KPH_PER_MPS
    speed_knots = not_negative("speed", fields.get("speed"))
    return None if speed_knots is None else speed_knots * KPH_PER_KNOT


def parse_json(body: str | bytes) -> PhoneReport:
    """The newer shape: `{"device_id", "location": {"timestamp", "coords", "battery", …}}`."""
    try:
        root = json.loads(body)
    except ValueError:
        raise PhoneBodyUnreadable(field="body") from None
    return parse_object(_object("body", root))


def parse_object(root: Mapping[str, Any]) -> PhoneReport:
    """The newer shape, read from its text already."""
    location = _object("location", root.get("location"))
    coords = _object("location.coords", location.get("coords"))
    battery = location.get("battery", root.get("battery"))
    battery = {} if battery is None else _object("battery", battery)
    speed_mps = not_negative("speed", coords.get("speed"))
    level = not_negative("battery.level", battery.get("level"))
    return PhoneReport(
        token=_token("device_id", root.get("device_id")),
        report=Report(
            lon=degrees("longitude", coords.get("longitude"), 180),
            lat=degrees("latitude", coords.get("latitude"), 90),
            recorded_at=time_of("timestamp", location.get("timestamp")),
            accuracy_m=not_negative("accuracy", coords.get("accuracy")),
            speed_kph=None if speed_mps is None else speed_mps * KPH_PER_MPS,
            heading_deg=heading_of("heading", coords.get("heading")),
            battery_percent=None if level is None else percent_of(level * 100),
        ),
        altitude_m=number_of("altitude", coords.get("altitude")),
        charging=_truth(battery.get("is_charging")),
    )


def _object(field: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PhoneBodyUnreadable(field=field)
    return value


def _token(field: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise PhoneFieldMissing(field=field)
    return value.strip()


def number_of(field: str, value: object) -> float | None:
    """A finite number, or None where nothing was said."""
    if value is None or value == "":
        return None
    if type(value) is float and isfinite(value):
        return value
    try:
        number = float(str(value))
    except ValueError:
        raise PhoneNumberUnreadable(field=field, given=_short(value)) from None
    if isinstance(value, bool) or not isfinite(number):
        raise PhoneNumberUnreadable(field=field, given=_short(value))
    return number


def not_negative(field: str, value: object) -> float | None:
    """Phones say -1 for "I do not know"."""
    number = number_of(field, value)
    return None if number is None or number < 0 else number


def degrees(field: str, value: object, most: int) -> float:
    """A longitude or latitude that exists."""
    number = number_of(field, value)
    if number is None:
        raise PhoneFieldMissing(field=field)
    if abs(number) > most:
        raise PhonePlaceImpossible(field=field, given=_short(value), least=-most, most=most)
    return number


def heading_of(field: str, value: object) -> float | None:
    """Degrees from north, from 0 to below 360."""
    heading_deg = not_negative(field, value)
    return None if heading_deg is None else heading_deg % 360


def percent_of(number: float | None) -> int | None:
    """A battery the phone cannot read (-100, 255) must not cost us the position."""
    return None if number is None or not 0 <= number <= 100 else round(number)


def _truth(value: object) -> bool | None:
    if value is None:
        return None
    return value is True or str(value).lower() in {"true", "1"}


def time_of(field: str, value: object) -> datetime | None:
    """Unix seconds, milliseconds or ISO 8601; None where nothing was said."""
    if value is None or value == "":
        return None
    text = str(value).strip()
    try:
        stamp = float(text)
    except ValueError:
        return _calendar_time(field, text)
    seconds = stamp if stamp <= LAST_SECOND else stamp / 1000
    try:
        # Added to the epoch, because fromtimestamp() refuses other years on other systems.
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        raise PhoneTimeUnreadable(field=field, given=_short(text)) from None


def _calendar_time(field: str, text: str) -> datetime:
    """ISO 8601, or `2026-11-23 09:30:00`; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise PhoneTimeUnreadable(field=field, given=_short(text)) from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _short(value: object) -> str:
    """What was sent, short enough for one sentence."""
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"
