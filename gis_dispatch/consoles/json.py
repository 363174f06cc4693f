"""JSON as we write it: times in UTC with a Z, exact numbers as numbers, text as it is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import orjson
from flask import Response, current_app
from flask.json.provider import DefaultJSONProvider
from pydantic import BaseModel

# Times are for `plain` to say; keys that are numbers become text.
OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS


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
    if isinstance(value, tuple):  # with names
        return list(value)
    if isinstance(value, float):  # of numpy
        return float(value)
    return DefaultJSONProvider.default(value)


def dumps(value: Any) -> bytes:
    """A value as JSON. What is no number (NaN, infinite) is null, which JSON can hold."""
    return orjson.dumps(value, plain, OPTIONS)


class JsonProvider(DefaultJSONProvider):
    """Flask's JSON with our times; keys keep their order."""

    ensure_ascii = False
    sort_keys = False
    compact = True
    default = staticmethod(plain)

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """As text; whoever gives options means Python's own writer, as Flask's sessions do."""
        return super().dumps(obj, **kwargs) if kwargs else dumps(obj).decode()

    def response(self, *args: Any, **kwargs: Any) -> Response:
        """An answer; the bytes are not turned into text and back."""
        written = dumps(self._prepare_response_obj(args, kwargs))
        return current_app.response_class(written + b"\n", mimetype=self.mimetype)
