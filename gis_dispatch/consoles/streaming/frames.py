"""Frames of server-sent events, as they go over the wire."""

from typing import Any

from gis_dispatch.consoles.json import dumps

RETRY_MS = 2000
BEGIN = f"retry: {RETRY_MS}\n\n".encode()


def frame(type: str, data: Any, *, id: int | None = None) -> bytes:
    """One frame. Only events have an id: it is what a reader gives to read on after it."""
    head = b"" if id is None else b"id: %d\n" % id
    return b"%sevent: %s\ndata: %s\n\n" % (head, type.encode(), dumps(data))
