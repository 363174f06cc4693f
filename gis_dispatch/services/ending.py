"""What an incident needs before it may end: no unit of anybody still out."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.errors import UnitsStillOut
from gis_dispatch.ports import Transaction


def require_no_units_out(tx: Transaction, incident: Incident) -> None:
    """Refuse, with their names, while units are bound by the incident."""
    out = tx.all("list_units_out", incident_id=incident.id)
    if out:
        names = ", ".join(row["call_sign"] for row in out)
        raise UnitsStillOut(number=incident.number, units=names)
