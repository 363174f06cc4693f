"""One closed case as one JSON document for the data centre, by the schema we publish.

It is built inside the transaction that closes the case, so that no case is closed without one.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from gis_dispatch.domain.deliveries import Issuer
from gis_dispatch.domain.receivers import Receiver, reduced, told_to_anybody
from gis_dispatch.domain.timeline import between, case_intervals
from gis_dispatch.ports import Row, Transaction

SCHEMA_VERSION = "1.2"
TOLD = ("answer_s", "processing_s", "turnout_s", "response_s", "total_response_s")


def build(
    tx: Transaction, incident_id: int, issuer: Issuer, receivers: Sequence[Receiver] = ()
) -> dict[str, Any]:
    """The document of one incident as it is now, without what no receiver may see."""
    row = tx.one("get_case_document", id=incident_id)
    document: dict[str, Any] = row["document"]
    sequence = int(row["sequence"])
    made = {
        "schema_version": SCHEMA_VERSION,
        "case_id": f"{document['number']}.{sequence}",
        "sequence": sequence,
        "issuer": asdict(issuer),
        **document,
        "intervals": intervals(document),
    }
    return reduced(made, told_to_anybody(receivers))


def intervals(document: dict[str, Any]) -> dict[str, float | None]:
    """Seconds between the stamps of the case, as its page shows them; None where one is missing."""
    case = _with_moments(document)
    assignments = [
        {"id": place, **_with_moments(unit)} for place, unit in enumerate(document["assignments"])
    ]
    calls = [_with_moments(call) for call in document["calls"]]
    known = case_intervals(case["received_at"], calls, assignments)
    told = {name: known[name] for name in TOLD}
    return {**told, "resolution_s": between(case["received_at"], case["resolved_at"])}


def _with_moments(row: Row) -> Row:
    """Stamps inside JSON are text; here they are times again."""
    return {
        name: datetime.fromisoformat(value) if value else None
        for name, value in row.items()
        if name.endswith("_at")
    }
