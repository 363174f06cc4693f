"""State tables: what may follow what, who may do it, and the evidence it needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from gis_dispatch.domain.people import LEAD_OPERATOR, OPERATOR, SIMULATOR, SYSTEM, Actor
from gis_dispatch.domain.words import status_word, word
from gis_dispatch.errors import EvidenceMissing, RoleMayNot, StepNotPossible

OPERATORS = frozenset({OPERATOR, LEAD_OPERATOR, SIMULATOR})
ANY_OPERATION = frozenset({SYSTEM, SIMULATOR, OPERATOR, LEAD_OPERATOR, "dispatcher", "crew"})


@dataclass(frozen=True)
class Transition:
    """One permitted step."""

    from_status: str
    to_status: str
    roles: frozenset[str]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carried:
    """What a record in one status must carry, and what else it may; nothing more is allowed."""

    needed: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Machine:
    """One state table: `name`, where it starts, where it may end, and every permitted step.

    `carries` says which columns a record holds in each status; `evidence` in which columns a step
    leaves what it needs; what leads into a status of `undoable` may be taken back within a minute.
    """

    name: str
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    carries: Mapping[str, Carried] = field(default_factory=dict)
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    undoable: frozenset[str] = frozenset()

    @property
    def statuses(self) -> frozenset[str]:
        """Every status the table knows."""
        ends = {t.to_status for t in self.transitions} | {t.from_status for t in self.transitions}
        return frozenset(ends | {self.initial})

    def following(self, status: str) -> tuple[Transition, ...]:
        """The steps that may follow a status, in the order of the table."""
        return tuple(t for t in self.transitions if t.from_status == status)

    @property
    def undos(self) -> frozenset[tuple[str, str]]:
        """Every step that only takes another one back: from where that one led, to before it."""
        steps = {(t.from_status, t.to_status) for t in self.transitions}
        back = {(t.to_status, t.from_status) for t in self.transitions if self.may_undo(t)}
        return frozenset(back - steps)

    def may_undo(self, transition: Transition) -> bool:
        """Whether this step may be taken back."""
        return transition.to_status in self.undoable

    @property
    def stamps(self) -> frozenset[str]:
        """Every column that a status governs."""
        return frozenset(
            name for carried in self.carries.values() for name in carried.needed + carried.allowed
        )

    def forbidden(self, status: str) -> frozenset[str]:
        """The governed columns that must be empty in a status."""
        carried = self.carries[status]
        return self.stamps - set(carried.needed) - set(carried.allowed)

    def find(self, from_status: str, to_status: str) -> Transition | None:
        """The step between two statuses, where there is one."""
        for transition in self.transitions:
            if (transition.from_status, transition.to_status) == (from_status, to_status):
                return transition
        return None


def require(
    machine: Machine,
    from_status: str,
    to_status: str,
    actor: Actor,
    evidence: Collection[str] = (),
) -> Transition:
    """Return the step, or refuse: not in the table, not for this role, or evidence missing."""
    transition = machine.find(from_status, to_status)
    if transition is None:
        possible = tuple(
            status_word(machine.name, t.to_status) for t in machine.following(from_status)
        )
        raise StepNotPossible(
            machine=word(machine.name),
            from_status=status_word(machine.name, from_status),
            to_status=status_word(machine.name, to_status),
            possible=possible or word("nothing"),
        )
    if actor.role not in transition.roles:
        raise RoleMayNot(
            role=word(actor.role),
            machine=word(machine.name),
            to_status=status_word(machine.name, to_status),
        )
    for needed in transition.needs:
        if needed not in evidence:
            raise EvidenceMissing(
                field=needed,
                what=word(needed),
                machine=word(machine.name),
                to_status=status_word(machine.name, to_status),
            )
    return transition


def steps_for(machine: Machine, status: str, actor: Actor) -> tuple[str, ...]:
    """The statuses this actor's role may move to from here."""
    return tuple(t.to_status for t in machine.following(status) if actor.role in t.roles)
