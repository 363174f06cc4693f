"""One closed case as one JSON document for the data centre, by the schema we publish.

It is built inside the transaction that closes the case, so that no case is closed without one.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gis_dispatch.ports import Transaction
from gis_dispatch.services.facts_files import read_procedure
from gis_dispatch.settings import Settings

SCHEMA_VERSION = "1.0"


def build(tx: Transaction, incident_id: int, settings: Settings | None = None) -> dict[str, Any]:
    """The document of one incident as it is now."""
    row = tx.one("get_case_document", id=incident_id)
    document: dict[str, Any] = row["document"]
    sequence = int(row["sequence"])
    return {
        "schema_version": SCHEMA_VERSION,
        "case_id": f"{document['number']}.{sequence}",
        "sequence": sequence,
        "issuer": issuer(settings or Settings()),
        **document,
        "intervals": intervals(document),
    }


def issuer(settings: Settings) -> dict[str, str]:
    """Who vouches for the document, and by which procedure."""
    return {
        "city": settings.city,
        "service": settings.service_name,
        "sop_number": read_procedure(settings.sop).number,
    }


def intervals(document: dict[str, Any]) -> dict[str, float | None]:
    """Seconds between the first stamps of the case; null where one is missing."""
    calls, assignments = document["calls"], document["assignments"]
    received = document["received_at"]
    answered = _first(call["answered_at"] for call in calls)
    dispatched = _first(one["dispatched_at"] for one in assignments)
    en_route = _first(one["en_route_at"] for one in assignments)
    on_scene = _first(one["on_scene_at"] for one in assignments)
    return {
        "answer_s": _between(_first(call["received_at"] for call in calls), answered),
        "processing_s": _between(answered, dispatched),
        "turnout_s": _between(dispatched, en_route),
        "response_s": _between(dispatched, on_scene),
        "total_response_s": _between(received, on_scene),
        "resolution_s": _between(received, document["resolved_at"]),
    }


def _first(stamps: Iterable[str | None]) -> str | None:
    return min((stamp for stamp in stamps if stamp), key=datetime.fromisoformat, default=None)


def _between(earlier: str | None, later: str | None) -> float | None:
    """None also where the later stamp came first, as when a unit was sent before the call ended."""
    if earlier is None or later is None:
        return None
    seconds = (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds()
    return round(seconds, 3) if seconds >= 0 else None
