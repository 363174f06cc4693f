"""Tells a call step by step, so that a test can begin in the middle of one."""

from dataclasses import dataclass

from gis_dispatch.domain.assignment import Assignment
from gis_dispatch.domain.incident import Incident
from gis_dispatch.domain.referral import Referral
from gis_dispatch.ports import House
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.answer_call import answer_call
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.complete_referral import complete_referral
from gis_dispatch.services.record_incident import record_incident
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.take_call import take_call
from tests.fakes import FakeClock
from tests.town import CENTRE, People


@dataclass
class Story:
    """One call through the house; each step takes ten seconds."""

    house: House
    clock: FakeClock
    people: People

    def incident(self, kind: str = "kebakaran", verified: bool = True) -> Incident:
        call = take_call(self.house, self.people.operator, caller_number="0812000111")
        self.clock.forward(10)
        answer_call(self.house, self.people.operator, call.id)
        self.clock.forward(10)
        return record_incident(
            self.house,
            self.people.operator,
            call_id=call.id,
            kind=kind,
            description="Asap tebal",
            lon=CENTRE[0],
            lat=CENTRE[1],
            verified=verified,
        )

    def referral(self, incident: Incident | None = None) -> Referral:
        incident = incident or self.incident()
        self.clock.forward(10)
        return refer_incident(self.house, self.people.operator, incident.id, ["damkar"])[0]

    def ready(self, referral: Referral | None = None) -> Referral:
        referral = referral or self.referral()
        self.clock.forward(10)
        acknowledge_referral(self.house, self.people.damkar, referral.id)
        self.clock.forward(10)
        return check_readiness(
            self.house,
            self.people.damkar,
            referral.id,
            crew_ok=True,
            equipment_ok=True,
            vehicle_ok=True,
            ready=True,
        )

    def accepted(self, referral: Referral | None = None) -> Referral:
        referral = self.ready(referral)
        self.clock.forward(10)
        return accept_referral(self.house, self.people.damkar, referral.id)

    def sent(self, *unit_ids: int, referral: Referral | None = None) -> Assignment:
        referral = referral or self.accepted()
        self.clock.forward(10)
        return assign_units(
            self.house,
            self.people.damkar,
            referral.incident_id,
            referral.id,
            unit_ids or (1,),
        )[0]

    def steps(self, assignment: Assignment, *steps: str) -> Assignment:
        for step in steps:
            self.clock.forward(60)
            assignment = report_step(self.house, self.people.damkar, assignment.id, step)
        return assignment

    def resolved(self) -> Incident:
        assignment = self.sent()
        self.steps(assignment, "acknowledged", "en_route", "on_scene", "cleared")
        self.clock.forward(10)
        complete_referral(self.house, self.people.damkar, assignment.referral_id)
        with self.house.store.transaction() as tx:
            return tx.incidents.get(assignment.incident_id)
