"""Who acts: roles, and the actor that every use case is told of."""

from dataclasses import dataclass

OPERATOR = "operator"
LEAD_OPERATOR = "lead_operator"
DISPATCHER = "dispatcher"
CREW = "crew"
PLANNER = "planner"
ADMINISTRATOR = "administrator"
TELEPHONY = "telephony"
SIMULATOR = "simulator"
WALL = "wall"
RECEIVER = "receiver"
SYSTEM = "system"

HUMAN_ROLES = (OPERATOR, LEAD_OPERATOR, DISPATCHER, CREW, PLANNER, ADMINISTRATOR)
MACHINE_ROLES = (TELEPHONY, SIMULATOR, SYSTEM, WALL, RECEIVER)
ROLES = HUMAN_ROLES + MACHINE_ROLES

SOURCES = ("operator", "device", "import", "simulator", "system")


@dataclass(frozen=True)
class Actor:
    """A person or a machine, in one role, possibly bound to one agency or one unit."""

    user_id: int | None
    name: str
    role: str
    agency_code: str | None = None
    unit_id: int | None = None
    source: str = "operator"
    private: bool = False
    """Of a private brigade: sees its own units and what it was asked for, nothing else."""

    @property
    def only_agency(self) -> str | None:
        """The agency outside of which this actor sees no unit; None for everybody else."""
        return (self.agency_code or "") if self.private else None


SYSTEM_ACTOR = Actor(user_id=None, name="GIS Dispatch", role=SYSTEM, source="system")
