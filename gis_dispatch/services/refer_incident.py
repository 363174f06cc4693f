"""The operator hands an incident to the agencies."""

from collections.abc import Sequence

from gis_dispatch.domain.incident import REFERABLE, Incident
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.plans import roles_of
from gis_dispatch.domain.referral import Referral
from gis_dispatch.errors import AgencyUnknown, IncidentNotVerified, NoAgencyGiven
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.plan_for import plan_for
from gis_dispatch.services.progress import move_incident, require_not_over
from gis_dispatch.services.referring import send_referral

FIRST_REFERRAL = frozenset({"verified", "reopened"})


def refer_incident(
    house: House,
    actor: Actor,
    incident_id: int,
    agencies: Sequence[str],
    note: str | None = None,
) -> list[Referral]:
    """One referral per agency, all or none; the first one makes the incident dispatched."""
    codes = list(dict.fromkeys(agencies))
    if not codes:
        raise NoAgencyGiven(field="agencies")
    note = optional_text("note", note)
    with house.store.transaction() as tx:
        incident = tx.incidents.get(incident_id, lock=True)
        require_sample(actor, incident.sample)
        require_not_over(incident)
        return send_referrals(tx, house, actor, incident, codes, note)


def send_referrals(
    tx: Transaction,
    house: House,
    actor: Actor,
    incident: Incident,
    codes: Sequence[str],
    note: str | None,
) -> list[Referral]:
    """The same inside a transaction that holds the incident."""
    if incident.verified_at is None:
        raise IncidentNotVerified(number=incident.number)
    _require_known(tx, codes)
    at = moment_of(house, None, incident.verified_at)
    choice = plan_for(tx, incident.kind_code, incident.priority, incident.lon, incident.lat)
    roles = roles_of(choice.at_alarm(incident.alarm_level))
    made = [
        send_referral(tx, actor, incident.id, code, roles.get(code, "support"), at, note)
        for code in codes
    ]
    if incident.status in FIRST_REFERRAL or incident.status not in REFERABLE:
        move_incident(tx, actor, incident, "dispatched", at, evidence=("agency",))
    return made


def _require_known(tx: Transaction, codes: Sequence[str]) -> None:
    known = {row["code"] for row in tx.all("find_known_agencies", codes=codes)}
    for code in codes:
        if code not in known:
            raise AgencyUnknown(field="agencies", given=code)
