"""What is known about an incident changes: kind, priority, description, needs, caller."""

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import ChangedMeanwhile, ChoiceUnknown
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import kind_of, optional_text, priority_of
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.progress import require_not_over

TEXTS = {"description": 4000, "needs": 4000, "caller_name": 200, "caller_number": 40}
CHANGEABLE = ("kind", "priority", *TEXTS)
# Who called is personal: the record says that it changed, not to what.
PERSONAL = frozenset({"caller_name", "caller_number"})


def change_incident(
    house: House, actor: Actor, incident_id: int, *, version: int | None = None, **changes: object
) -> Incident:
    """Change the fields that are named; with `version`, only if nobody else did meanwhile."""
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        require_not_over(incident)
        if version is not None and version != incident.version:
            raise ChangedMeanwhile(number=incident.number)
        values = {}
        for name, given in changes.items():
            column, value = _checked(tx, name, given)
            if getattr(incident, column) != value:
                values[column] = value
        if not values:
            return incident
        changed = tx.incidents.update(incident_id, **values)
        tx.events.append(
            actor,
            "incident.changed",
            moment_of(house, None, incident.created_at),
            incident_id=incident_id,
            data={
                name: None if name in PERSONAL else {"from": getattr(incident, name), "to": value}
                for name, value in values.items()
            },
        )
        return changed


def _checked(tx: Transaction, name: str, given: object) -> tuple[str, object]:
    """The column that a field is kept in, and its value."""
    if name == "kind":
        return "kind_code", kind_of(tx, str(given))["code"]
    if name == "priority":
        return "priority", priority_of(given if isinstance(given, int) else 0)
    if name in TEXTS:
        text = optional_text(name, None if given is None else str(given), TEXTS[name])
        return name, text or "" if name == "description" else text
    raise ChoiceUnknown(field=name, given=name, allowed=", ".join(CHANGEABLE))
