"""An assignment: one unit sent to one incident, and the states it may pass through."""

from dataclasses import dataclass
from datetime import datetime

from gis_dispatch.domain.people import CREW, DISPATCHER, LEAD_OPERATOR, SIMULATOR
from gis_dispatch.domain.states import Carried, Machine, Transition

REPORTERS = frozenset({CREW, DISPATCHER, LEAD_OPERATOR, SIMULATOR})
SENDERS = frozenset({DISPATCHER, LEAD_OPERATOR, SIMULATOR})

TRANSITIONS: tuple[Transition, ...] = (
    Transition("dispatched", "acknowledged", REPORTERS),
    Transition("acknowledged", "en_route", REPORTERS),
    Transition("en_route", "on_scene", REPORTERS),
    Transition("on_scene", "transporting", REPORTERS),
    Transition("transporting", "at_hospital", REPORTERS),
    Transition("at_hospital", "cleared", REPORTERS),
    Transition("on_scene", "cleared", REPORTERS),
    # Once on scene, a unit that is not needed is "cleared": it was there.
    Transition("dispatched", "cancelled", SENDERS, ("reason",)),
    Transition("acknowledged", "cancelled", SENDERS, ("reason",)),
    Transition("en_route", "cancelled", SENDERS, ("reason",)),
)

STEPS = ("acknowledged", "en_route", "on_scene", "transporting", "at_hospital", "cleared")
WAY = ("dispatched_at", "acknowledged_at", "en_route_at", "on_scene_at")
HOSPITAL = ("transporting_at", "at_hospital_at")

MACHINE = Machine(
    name="assignment",
    initial="dispatched",
    final=frozenset({"cleared", "cancelled"}),
    transitions=TRANSITIONS,
    carries={
        "dispatched": Carried(WAY[:1]),
        "acknowledged": Carried(WAY[:2]),
        "en_route": Carried(WAY[:3]),
        "on_scene": Carried(WAY),
        "transporting": Carried((*WAY, "transporting_at")),
        "at_hospital": Carried((*WAY, *HOSPITAL)),
        "cleared": Carried((*WAY, "cleared_at"), HOSPITAL),
        "cancelled": Carried((*WAY[:1], "cancelled_at", "cancel_reason"), WAY[1:3]),
    },
    evidence={"reason": ("cancel_reason",)},
    undoable=frozenset({*STEPS, "cancelled"}),
)

OPEN = MACHINE.statuses - MACHINE.final


@dataclass(frozen=True)
class Assignment:
    """One assignment as it is stored."""

    id: int
    incident_id: int
    referral_id: int
    unit_id: int
    status: str
    recommendation_id: int | None
    overrule_reason: str | None
    dispatched_at: datetime
    dispatched_by: int | None
    acknowledged_at: datetime | None
    en_route_at: datetime | None
    on_scene_at: datetime | None
    transporting_at: datetime | None
    at_hospital_at: datetime | None
    cleared_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str | None

    @property
    def open(self) -> bool:
        """Whether the unit is still bound by this assignment."""
        return self.status in OPEN

    @property
    def last_at(self) -> datetime:
        """The newest stamp of this assignment; nothing may be dated before it."""
        stamps = (
            self.dispatched_at,
            self.acknowledged_at,
            self.en_route_at,
            self.on_scene_at,
            self.transporting_at,
            self.at_hospital_at,
        )
        return max(stamp for stamp in stamps if stamp is not None)
