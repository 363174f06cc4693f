"""What somebody may see of a replay: which incidents, and whether words and names of people."""

from dataclasses import dataclass
from typing import Any

from gis_dispatch.domain.people import (
    ADMINISTRATOR,
    DISPATCHER,
    LEAD_OPERATOR,
    OPERATOR,
    PLANNER,
    Actor,
)

SEES_EVERY_INCIDENT = frozenset({OPERATOR, LEAD_OPERATOR, ADMINISTRATOR, PLANNER})
FACTS = frozenset(
    {
        "from", "to", "kind", "priority", "lon", "lat", "accuracy_m", "method", "channel",
        "disposition", "effect", "depth_cm", "starts_at", "ends_at", "role", "call_sign",
        "crew_ok", "equipment_ok", "vehicle_ok", "ready", "of", "of_incident_id", "active",
        "type_code", "station_id", "added", "kind_code", "recommendation_id", "sequence",
        "step", "level", "due_at", "overdue_s", "move_id", "promise_id", "station", "of_agency",
        "failure",
    }
)  # fmt: skip
"""What an event tells beside words that people wrote; a word may name somebody."""
NEVER = frozenset({"caller_name", "caller_number", "receipt", "error"})


@dataclass(frozen=True, slots=True)
class Sight:
    """The bounds of what one viewer sees."""

    sees_all: bool
    agency_code: str | None
    words: bool
    """Whether what people wrote, who did it and addresses are part of it."""
    only_agency: str | None = None
    """Of a private brigade: nothing of other agencies' units and work is seen."""

    @property
    def events(self) -> dict[str, Any]:
        """What queries of events ask about a viewer."""
        return {
            "sees_all": self.sees_all,
            "agency": self.agency_code,
            "only_agency": self.only_agency,
        }

    def told(self, data: dict[str, Any]) -> dict[str, Any]:
        """The part of an event's data that this viewer is told."""
        return {
            name: value
            for name, value in data.items()
            if name not in NEVER and (self.words or _is_fact(name, value))
        }


def _is_fact(name: str, value: Any) -> bool:
    # The place before a relocation stands under `from` and holds an address.
    return name in FACTS and not (isinstance(value, dict) and "address" in value)


WITHOUT_PEOPLE = Sight(sees_all=True, agency_code=None, words=False)


def sight_of(actor: Actor) -> Sight:
    """Dispatchers see what their agency was asked for; planners see no words and no names."""
    sees_all = actor.role in SEES_EVERY_INCIDENT
    agency = (actor.agency_code or "") if actor.role == DISPATCHER else None
    return Sight(sees_all, agency, words=actor.role != PLANNER, only_agency=actor.only_agency)
