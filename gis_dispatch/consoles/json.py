"""JSON as we write it: times in UTC with a Z, exact numbers as numbers, text as it is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel


def plain(value: Any) -> Any:
    """What a value that JSON does not know becomes."""
    if isinstance(value, datetime):
        # A time without a zone would be a defect of ours; astimezone would guess one silently.
        if value.tzinfo is None:
            raise TypeError(f"{value} has no time zone.")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    return DefaultJSONProvider.default(value)


class JsonProvider(DefaultJSONProvider):
    """Flask's JSON with our times; keys keep their order."""

    ensure_ascii = False
    sort_keys = False
    compact = True
    default = staticmethod(plain)
