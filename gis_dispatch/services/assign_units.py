"""The agency sends units: all of those named, or none."""

from collections.abc import Sequence

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.duty import Unit
from gis_dispatch.domain.overruling import overruled
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.referral import Referral
from gis_dispatch.domain.words import word
from gis_dispatch.errors import (
    AnotherUnitFirst,
    NoUnitGiven,
    OtherSetRecommended,
    OverruleReasonMissing,
    RecommendationNotFound,
    RecommendationOfOtherIncident,
    ReferralNotAccepted,
    ReferralNotFound,
    UnitNotAvailable,
    UnitNotRecommended,
    UnitOfOtherAgency,
)
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.assigning import SENDING, require_sender
from gis_dispatch.services.end_move import overtake_moves
from gis_dispatch.services.inputs import optional_text
from gis_dispatch.services.moments import moment_of
from gis_dispatch.services.referring import lock_own_referral


def assign_units(
    house: House,
    actor: Actor,
    incident_id: int,
    referral_id: int,
    unit_ids: Sequence[int],
    recommendation_id: int | None = None,
    overrule_reason: str | None = None,
) -> list[Assignment]:
    """Send units. Of two dispatchers who send the same unit at once, the database lets one."""
    if not unit_ids:
        raise NoUnitGiven(field="unit_ids")
    overrule_reason = optional_text("overrule_reason", overrule_reason)
    with house.store.transaction() as tx:
        incident, referral = lock_own_referral(tx, actor, referral_id)
        if referral.incident_id != incident_id:
            raise ReferralNotFound(id=referral_id)
        require_sender(actor)
        if referral.status != "accepted":
            raise ReferralNotAccepted(agency=referral.agency_code)
        # In the order of their ids, so that two who send the same units never wait for each other.
        units = [tx.units.get(unit_id) for unit_id in sorted(set(unit_ids))]
        for unit in units:
            _require_sendable(unit, referral)
        if recommendation_id is not None:
            _require_recommended(tx, referral, units, recommendation_id, overrule_reason)
        at = moment_of(house, None, referral.last_at)
        made = []
        for unit in units:
            assignment = tx.assignments.add(
                incident_id=incident.id,
                referral_id=referral.id,
                unit_id=unit.id,
                status=SENDING,
                recommendation_id=recommendation_id,
                overrule_reason=overrule_reason,
                dispatched_at=at,
                dispatched_by=actor.user_id,
            )
            tx.events.append(
                actor,
                "assignment.dispatched",
                at,
                incident_id=incident.id,
                referral_id=referral.id,
                assignment_id=assignment.id,
                unit_id=unit.id,
                agency_code=referral.agency_code,
                data={
                    "call_sign": unit.call_sign,
                    "recommendation_id": recommendation_id,
                    "overrule_reason": overrule_reason,
                },
            )
            made.append(assignment)
        overtake_moves(tx, actor, [unit.id for unit in units], at)
    for assignment in made:
        house.notifier.crew_called(assignment.unit_id, assignment.id)
    return made


def _require_sendable(unit: Unit, referral: Referral) -> None:
    if unit.agency_code != referral.agency_code:
        raise UnitOfOtherAgency(unit=unit.call_sign, agency=unit.agency_code)
    if not unit.active or unit.duty != "available":
        duty = unit.duty if unit.active else "out_of_service"
        raise UnitNotAvailable(unit=unit.call_sign, duty=word(duty))


def _require_recommended(
    tx: Transaction,
    referral: Referral,
    units: Sequence[Unit],
    recommendation_id: int,
    overrule_reason: str | None,
) -> None:
    """Others than those recommended are sent only with a reason."""
    shown = tx.find("find_recommended", id=recommendation_id, agency_code=referral.agency_code)
    if shown is None:
        raise RecommendationNotFound(id=recommendation_id)
    if shown["incident_id"] != referral.incident_id:
        raise RecommendationOfOtherIncident
    found = overruled(shown["ranked_ids"], shown["chosen_ids"], [unit.id for unit in units])
    if found is None or overrule_reason is not None:
        return
    field = "overrule_reason"
    sent, instead = _named(tx, found.sent), _named(tx, found.instead)
    refusals: dict[str, OverruleReasonMissing] = {
        "not_ranked": UnitNotRecommended(field=field, units=sent),
        "not_first": AnotherUnitFirst(field=field, unit=instead),
        "not_in_set": OtherSetRecommended(field=field, set=instead, units=sent),
    }
    raise refusals[found.kind]


def _named(tx: Transaction, unit_ids: Sequence[int]) -> str:
    return ", ".join(tx.units.get(unit_id).call_sign for unit_id in unit_ids)
