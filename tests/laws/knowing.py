"""What a small plain model of the room knows, and how it tells what is certain from what is not.

It is written from the words of the procedure and knows nothing of the product's tables: where the
two differ, one of them is wrong. What happened in a round is known to the span of the round, so a
few answers may be either; then the model believes what was said.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Thing = dict[str, Any]
OVER = {"closed", "cancelled", "duplicate", "out_of_area"}
DONE = {"cleared", "cancelled"}
ENDED = {"handed_back", "completed"}
OPERATORS = {"operator", "operator 2", "lead"}
AGENCY = {"damkar": {"damkar", "damkar 2", "lead"}, "bpbd": {"bpbd", "lead"}}
DESK = {"damkar": "damkar", "damkar 2": "damkar", "bpbd": "bpbd"}
CREW_UNIT = 1
WORKER = "worker"
"""The program that looks at positions; what it did is read from the record."""

MINUTE = timedelta(seconds=60)
ALARM_ASKS = {2: "bpbd"}
"""Which agency the plan of these laws adds at which alarm."""


class Refused(Exception):
    """The act is not possible."""


def need(holds: object) -> None:
    """Refuse unless it holds."""
    if not holds:
        raise Refused


@dataclass(frozen=True, slots=True)
class Span:
    """A moment, known to lie between two."""

    first: datetime
    last: datetime

    @classmethod
    def at(cls, moment: datetime) -> "Span":
        return cls(moment, moment)

    def later(self, other: "Span") -> "Span":
        """The later of the two."""
        return Span(max(self.first, other.first), max(self.last, other.last))

    def earlier(self, other: "Span") -> "Span":
        """The earlier of the two."""
        return Span(min(self.first, other.first), min(self.last, other.last))

    def __contains__(self, moment: datetime) -> bool:
        return self.first <= moment <= self.last


@dataclass(frozen=True)
class Act:
    """Somebody does something to something; `at` and `key` are of the phone that says it."""

    name: str
    who: str
    id: int = 0
    other: int = 0
    word: str = ""
    at: datetime | None = None
    key: str = ""


KINDS = ("calls", "incidents", "referrals", "assignments", "units", "moves", "handovers")


@dataclass
class Model:
    """What there is."""

    calls: dict[int, Thing] = field(default_factory=dict)
    incidents: dict[int, Thing] = field(default_factory=dict)
    referrals: dict[int, Thing] = field(default_factory=dict)
    assignments: dict[int, Thing] = field(default_factory=dict)
    units: dict[int, Thing] = field(default_factory=dict)
    moves: dict[int, Thing] = field(default_factory=dict)
    handovers: dict[int, Thing] = field(default_factory=dict)
    keys: frozenset[str] = frozenset()
    """What phones have sent and was taken: the same again changes nothing."""
    now: Span = field(default_factory=lambda: Span.at(datetime.now(UTC)))
    """This round."""
    said: bool = True
    """What was answered to the act that is being done."""

    def copy(self) -> "Model":
        kinds = {
            kind: {
                id: {**thing, "at": dict(thing["at"])} if "at" in thing else {**thing}
                for id, thing in getattr(self, kind).items()
            }
            for kind in KINDS
        }
        return Model(**kinds, keys=self.keys, now=self.now, said=self.said)

    def decide(self, *, surely: bool, surely_not: bool) -> None:
        """Refuse what is surely not so; what may be either is as it was said."""
        need(not surely_not and (surely or self.said))

    def not_before(self, moment: Span, floor: Span) -> None:
        self.decide(surely=moment.first >= floor.last, surely_not=moment.last < floor.first)

    def within_a_minute(self, thing: Thing, step: str, who: str) -> None:
        """Whoever entered the last step may take it back so long."""
        need(thing["last"] is not None and thing["last"][:2] == (step, who))
        entered: Span = thing["last"][2]
        self.decide(
            surely=self.now.last - entered.first <= MINUTE,
            surely_not=self.now.first - entered.last > MINUTE,
        )

    def did(self, step: str, act: Act) -> tuple[str, str, Span]:
        """Who entered which step when, as it is remembered."""
        return (step, act.who, self.now)

    def moment(self, given: datetime | None, floor: Span) -> Span:
        """What a phone's clock is taken for: never the future, a little before is the same."""
        if given is None:
            return self.now.later(floor)
        need(given <= self.now.last + MINUTE)
        taken = Span.at(given).earlier(self.now)
        self.not_before(Span.at(given + timedelta(seconds=5)), floor)
        return taken.later(floor)

    # What is asked often.
    def mine(self, act: Act) -> Thing:
        """A referral that this person may act on."""
        referral = self.referrals[act.id]
        need(act.who in AGENCY[referral["agency"]])
        need(self.incidents[referral["incident"]]["status"] not in OVER)
        return referral

    def end_of(self, id: int) -> int:
        """The incident at the end of a chain of duplicates."""
        while self.incidents[id]["of"]:
            id = self.incidents[id]["of"]
        return id

    def asked(self, id: int) -> list[Thing]:
        """The referrals of an incident."""
        return [r for r in self.referrals.values() if r["incident"] == id]

    def asked_now(self, id: int, agency: str) -> bool:
        """Whether an agency has something to do for an incident."""
        return any(r["agency"] == agency and r["status"] not in ENDED for r in self.asked(id))

    def bound(self) -> list[Thing]:
        """Open assignments."""
        return [a for a in self.assignments.values() if a["status"] not in DONE]

    def out(self, id: int) -> bool:
        return any(a["incident"] == id for a in self.bound())

    def busy(self, unit: int) -> bool:
        return any(a["unit"] == unit for a in self.bound())

    def moving(self, unit: int) -> list[Thing]:
        """The open move of a unit."""
        return [m for m in self.moves.values() if m["unit"] == unit and m["status"] == "ordered"]

    def office(self, unit: int) -> set[str]:
        return AGENCY[self.units[unit]["agency"]]

    def crew(self, unit: int) -> set[str]:
        own = {"crew", "crew 2"} if unit == CREW_UNIT else set()
        return self.office(unit) | own | {WORKER}
