"""An incident: what is happening at one place, and the states it may pass through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.states import ANY_OPERATION, OPERATORS, Carried, Machine, Transition

OVER = frozenset({"closed", "cancelled", "duplicate", "out_of_area"})
OPEN = frozenset({"received", "verified", "dispatched", "in_progress", "resolved", "reopened"})
REFERABLE = frozenset({"verified", "dispatched", "in_progress", "reopened"})
METHODS = ("pin", "gazetteer", "coordinates", "plus_code", "aml", "link")

TRANSITIONS: tuple[Transition, ...] = (
    Transition("received", "verified", OPERATORS, ("place",)),
    Transition("verified", "dispatched", OPERATORS, ("agency",)),
    # The next two are consequences of what crews and agencies report, so any of them may cause it.
    Transition("dispatched", "in_progress", ANY_OPERATION, ("unit_under_way",)),
    Transition("in_progress", "resolved", ANY_OPERATION, ("referrals_done",)),
    Transition("resolved", "closed", OPERATORS, ("closing_report",)),
    Transition("resolved", "reopened", OPERATORS, ("reason",)),
    Transition("closed", "reopened", OPERATORS, ("reason",)),
    Transition("reopened", "dispatched", OPERATORS, ("agency",)),
    Transition("reopened", "closed", OPERATORS, ("closing_report",)),
    Transition("received", "cancelled", OPERATORS, ("reason", "units_done")),
    Transition("verified", "cancelled", OPERATORS, ("reason", "units_done")),
    Transition("dispatched", "cancelled", OPERATORS, ("reason", "units_done")),
    Transition("in_progress", "cancelled", OPERATORS, ("reason", "units_done")),
    Transition("received", "duplicate", OPERATORS, ("original", "units_done")),
    Transition("verified", "duplicate", OPERATORS, ("original", "units_done")),
    Transition("dispatched", "duplicate", OPERATORS, ("original", "units_done")),
    Transition("duplicate", "received", OPERATORS, ("reason",)),
    Transition("duplicate", "verified", OPERATORS, ("reason",)),
    Transition("duplicate", "dispatched", OPERATORS, ("reason",)),
    Transition("received", "out_of_area", OPERATORS, ("reason", "units_done")),
    Transition("verified", "out_of_area", OPERATORS, ("reason", "units_done")),
    Transition("dispatched", "out_of_area", OPERATORS, ("reason", "units_done")),
)

VERIFIED = ("verified_at",)
REPORT = ("resolved_at", "closed_at", "outcome", "summary")

MACHINE = Machine(
    name="incident",
    initial="received",
    final=frozenset({"closed", "cancelled", "duplicate", "out_of_area"}),
    transitions=TRANSITIONS,
    carries={
        "received": Carried((), ("status_reason",)),
        "verified": Carried(VERIFIED, ("status_reason",)),
        # What was reported before a reopening stays until the next report replaces it.
        "dispatched": Carried(VERIFIED, ("status_reason", *REPORT)),
        "in_progress": Carried(VERIFIED, REPORT),
        "resolved": Carried((*VERIFIED, "resolved_at"), REPORT),
        "closed": Carried((*VERIFIED, *REPORT)),
        "reopened": Carried((*VERIFIED, "resolved_at"), ("status_reason", *REPORT)),
        "cancelled": Carried(("status_reason",), (*VERIFIED, *REPORT)),
        "duplicate": Carried(("duplicate_of",), (*VERIFIED, *REPORT)),
        "out_of_area": Carried(("status_reason",), (*VERIFIED, *REPORT)),
    },
    evidence={
        "reason": ("status_reason",),
        "place": VERIFIED,
        "original": ("duplicate_of",),
        "closing_report": ("outcome", "summary", "closed_at"),
    },
    undoable=frozenset(
        {
            "verified", "cancelled", "duplicate", "out_of_area", "closed", "reopened",
            # These follow from an agency's or a crew's step, and go back with it.
            "in_progress", "resolved",
        }
    ),
)  # fmt: skip

TAKEN_BACK_ALONE = MACHINE.undoable - {"in_progress", "resolved"}
"""What a person did to the incident itself."""


@dataclass(frozen=True)
class Incident:
    """One incident as it is stored."""

    id: int
    number: str
    kind_code: str
    priority: int
    status: str
    description: str
    needs: str | None
    caller_name: str | None
    caller_number: str | None
    received_at: datetime
    lon: float
    lat: float
    accuracy_m: float | None
    method: str
    address: str | None
    village_code: str | None
    verified_at: datetime | None
    verified_by: int | None
    duplicate_of: int | None
    status_reason: str | None
    outcome: str | None
    summary: str | None
    casualties: Mapping[str, int] | None
    resolved_at: datetime | None
    closed_at: datetime | None
    closed_by: int | None
    created_by: int | None
    created_at: datetime
    version: int
    sample: bool
    alarm_level: int = 1
    """How many alarms of its response plan count: 1 is what goes to begin with."""
