"""What a viewer may see of events and positions: as parameters of SQL, and as a rule in memory."""

from dataclasses import dataclass, field
from typing import Any, Self

from gis_dispatch.consoles.roles import may
from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.domain.private import is_work_of_others
from gis_dispatch.ports import Row

SEES_EVERYTHING = frozenset({"operator", "lead_operator", "administrator", "simulator"})
CALLER_FIELDS = frozenset({"caller_name", "caller_number"})

ACCOUNTS = frozenset({"user", "token", "device", "wall"})
FOR_ALL = frozenset({"closure", "roads", "coverage", "layer"})
OF_UNITS = "unit"
FOR_DESKS = frozenset({OF_UNITS, "move", "notification"})
"""What every dispatcher hears of, whose it is or not."""
OF_ONE_DESK = frozenset({"chat", "handover", "promise"})
"""Of an incident they are its agencies'; without one, the desk's that the event names."""


@dataclass(slots=True, weakref_slot=True)
class Audience:
    """Whom one incident concerns, as of the last event about it."""

    agencies: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[int] = field(default_factory=frozenset)


NOBODY = Audience()
"""Of an event that belongs to no incident."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The limits of one viewer's view. `list_events_for_viewer` says the same in SQL."""

    everything: bool
    accounts: bool
    agency: str | None
    unit_id: int | None
    positions: bool
    own_position_only: bool
    only_agency: str | None = None
    """Of a private brigade: no unit of another agency is seen."""

    @classmethod
    def of(cls, viewer: Actor) -> Self:
        """The sight of whoever acts so."""
        crew = viewer.role == "crew"
        return cls(
            everything=viewer.role in SEES_EVERYTHING,
            accounts=viewer.role == ADMINISTRATOR,
            agency=viewer.agency_code if viewer.role == "dispatcher" else None,
            unit_id=viewer.unit_id if crew else None,
            positions=may(viewer.role, "positions.read"),
            own_position_only=crew,
            only_agency=viewer.only_agency,
        )

    def parameters(self) -> dict[str, Any]:
        """What `list_events_for_viewer` asks about a viewer."""
        return {
            "sees_all": self.everything,
            "sees_accounts": self.accounts,
            "agency": self.agency,
            "unit_id": self.unit_id,
            "only_agency": self.only_agency,
        }

    def sees_event(
        self, subject: str, unit_id: int | None, audience: Audience, agency: str | None = None
    ) -> bool:
        """Whether an event about this subject (a kind's first word) is for this viewer."""
        if subject in ACCOUNTS and not self.accounts:
            return False
        if is_work_of_others(subject, agency, self.only_agency):
            return False
        if self.everything or subject in FOR_ALL:
            return True
        if self.agency is not None and (subject in FOR_DESKS or self.agency in audience.agencies):
            return True
        return self.unit_id is not None and (
            unit_id == self.unit_id or self.unit_id in audience.units
        )

    def sees_units_of(self, agency: str | None) -> bool:
        """A private brigade sees its own units, every other desk all of them."""
        return self.only_agency is None or agency == self.only_agency

    def sees_position(self, unit_id: int, agency: str | None) -> bool:
        """A crew follows its own unit; a private brigade its units; everybody else sees all."""
        own = not self.own_position_only or unit_id == self.unit_id
        return self.positions and own and self.sees_units_of(agency)


def without_callers(event: Row) -> Row:
    """Who called is never sent around: whoever may know it reads it from the incident."""
    event["data"] = {k: v for k, v in (event["data"] or {}).items() if k not in CALLER_FIELDS}
    return event
