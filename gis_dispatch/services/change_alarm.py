"""Raises or lowers the alarm of an incident: what the plan adds is asked for at once."""

from dataclasses import dataclass

from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.people import DISPATCHER, LEAD_OPERATOR, OPERATOR, Actor
from gis_dispatch.domain.plans import HIGHEST_ALARM, Choice, roles_of
from gis_dispatch.domain.words import word
from gis_dispatch.errors import Conflict, IncidentNotVerified, RoleMayNot
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import number_in, optional_text, required_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.plan_for import plan_for
from gis_dispatch.services.progress import require_not_over
from gis_dispatch.services.referring import send_referral

CALLERS = frozenset({OPERATOR, LEAD_OPERATOR, DISPATCHER})
AT_WORK = frozenset({"dispatched", "in_progress"})
"""Agencies were asked already: those that an alarm adds are asked with it."""


class AlarmAlready(Conflict):
    """Incident {number} is at alarm {level} already."""


@dataclass(frozen=True)
class AlarmChanged:
    """What came of it."""

    level: int
    agencies: tuple[str, ...]
    """That were asked now."""


def change_alarm(
    house: House, actor: Actor, incident_id: int, level: int, reason: str | None = None
) -> AlarmChanged:
    """From now on the plan's lines up to this alarm count. Lowering needs a reason, and calls
    nobody back.
    """
    number_in("level", level, 1, HIGHEST_ALARM)
    if actor.role not in CALLERS:
        raise RoleMayNot(role=word(actor.role), machine=word("incident"), to_status=word("alarm"))
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        require_not_over(incident)
        if incident.verified_at is None:
            raise IncidentNotVerified(number=incident.number)
        before = incident.alarm_level
        if level == before:
            raise AlarmAlready(number=incident.number, level=level)
        lowered = level < before
        why = required_text("reason", reason) if lowered else optional_text("reason", reason)
        at = moment_of(house, None, incident.verified_at)
        choice = plan_for(tx, incident.kind_code, incident.priority, incident.lon, incident.lat)
        added = choice.added(before, level)
        asked = _asked(tx, incident, choice, level) if added else ()
        tx.incidents.update(incident.id, alarm_level=level)
        tx.events.append(
            actor,
            "incident.alarm",
            at,
            incident_id=incident.id,
            data={
                "from": before,
                "to": level,
                "reason": why,
                "agencies": list(asked),
                "adds": [
                    {
                        "agency": item.agency_code,
                        "capability": item.capability,
                        "number": item.number,
                    }
                    for item in added
                ],
            },
        )
        roles = roles_of(choice.at_alarm(level))
        for code in asked:
            send_referral(tx, actor, incident.id, code, roles[code], at)
    return AlarmChanged(level, asked)


def _asked(tx: Transaction, incident: Incident, choice: Choice, level: int) -> tuple[str, ...]:
    """The agencies that the alarm adds and that have nothing to do with it yet."""
    if incident.status not in AT_WORK:
        return ()
    added = choice.added(incident.alarm_level, level)
    at_work = {row["code"] for row in tx.all("list_agencies_at_work", incident_id=incident.id)}
    return tuple(dict.fromkeys(i.agency_code for i in added if i.agency_code not in at_work))
