"""Locks rows from the top down (incident, referral, assignment), so that no two acts deadlock."""

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import Transaction


def lock_referral(tx: Transaction, referral_id: int) -> tuple[Incident, Referral]:
    """A referral and its incident, held until the transaction ends."""
    incident_id = tx.referrals.get(referral_id).incident_id
    incident = tx.incidents.get(incident_id, lock=True)
    return incident, tx.referrals.get(referral_id, lock=True)


def lock_assignment(tx: Transaction, assignment_id: int) -> tuple[Incident, Assignment]:
    """An assignment and its incident, held until the transaction ends."""
    incident_id = tx.assignments.get(assignment_id).incident_id
    incident = tx.incidents.get(incident_id, lock=True)
    return incident, tx.assignments.get(assignment_id, lock=True)
