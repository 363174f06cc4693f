"""The real API under many hands at once: every answer is held against the model.

Acts of one round begin together, each in a thread of its own. The answers must be those of some
order in which they could have been done one after the other, and so must be what the tables hold.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import permutations, product
from pathlib import Path
from threading import Barrier
from typing import Any

from gis_dispatch.domain.from_position import Rules
from gis_dispatch.errors import Unavailable
from gis_dispatch.services.end_move import notice_arrivals
from gis_dispatch.services.propose_steps import propose_steps
from gis_dispatch.services.raise_late_referral import raise_late_referral
from gis_dispatch.services.referral_clocks import planned_raises
from tests.consoles.town import PASSWORD, Town, build
from tests.laws import cast, doors, judging, looking, phones
from tests.laws.answering import Stamp, begin, stamps_of
from tests.laws.asking import Answer, request_of
from tests.laws.doing_incidents import asked_by_alarm
from tests.laws.knowing import KINDS, WORKER, Act, Model, Refused, Span, Thing, need
from tests.laws.lost import what_was_made
from tests.laws.model import do
from tests.laws.served import Served

KEPT = 25
"""So many of the newest incidents and calls are acted on; older ones are only judged at the end."""
MAKES = {"ring", "record", "refer", "pass_on", "alarm", "assign", "order_move", "give_shift"}
ASIDE = {"fly", "look", "raise"}
"""Of these the model knows nothing; what comes of them is read from the record."""
SAID_EVERY = 2000
AT_ONCE = Rules(stay_s=0.001)

READ_FROM_POSITIONS = """
SELECT id, kind, coalesce(assignment_id, (data ->> 'move_id')::bigint), occurred_at FROM events
WHERE id > %(after)s
    AND ((kind LIKE 'assignment.%%' AND source = 'device')
        OR (kind = 'move.arrived' AND actor_id IS NULL))
ORDER BY id
"""


@dataclass
class World:
    """A town, the people in it, what they were told, and what must be so."""

    town: Town
    home: Path
    served: Served | None = None
    """Where requests go; without one, to the application in this process."""
    automatic: bool = True
    """Whether positions take steps, or only propose them."""
    model: Model = field(default_factory=Model)
    stamps: list[Stamp] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)
    broken: Exception | None = None
    newest: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    newest_event: int = 0
    began_at: float = field(default_factory=time.monotonic)
    said_at: int = 0
    tried: list[dict[str, Any]] = field(default_factory=list)
    """How the orders that were tried last differ from what is there."""

    def __post_init__(self) -> None:
        cast.furnish(self.town)
        for id, agency in self.town.sql("SELECT id, agency_code FROM units ORDER BY id"):
            self.model.units[id] = {"agency": agency, "duty": "available"}
        self.door: doors.Door = (
            doors.Wire(self.served.settings.address) if self.served
            else doors.Inside(self.town.app)
        )  # fmt: skip
        self.people = {
            who: doors.sign_in(self.door, username, PASSWORD)
            for who, username in cast.ACCOUNTS.items()
        }
        self.phones = phones.made(self.town)

    def restart(self) -> None:
        """The web process ends and another one begins, on the same database."""
        self.town.hub.stop()
        self.town.store.close()
        self.town = build(self.town.url, self.home)
        self.door = doors.Inside(self.town.app)
        self.told["restarts"] += 1

    def cut(self) -> None:
        """Every connection to the database ends, whatever it was doing."""
        looking.read(
            self.town,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        self.told["cuts"] += 1

    def ask(self, act: Act) -> Answer:
        """One request by one person, phone or program."""
        if act.name == "fly":
            self.told["points"] += self.phones.fly(self.town, self.door, act.id, act.word)
            return Answer(200, None)
        if act.name in ASIDE:
            return self._work(act)
        path, body = request_of(act)
        method = "PUT" if act.name == "duty" else "POST"
        return doors.ask(self.door, self.people[act.who], method, path, body)

    def _work(self, act: Act) -> Answer:
        """What the worker does every few seconds."""
        if self.served:
            return Answer(200, None)  # The real one does.
        house = self.town.house
        try:
            if act.name == "look":
                made = propose_steps(house, AT_ONCE, automatic=self.automatic)
                self.told["steps seen"] += made
                notice_arrivals(house.store)
            else:
                for id, following in planned_raises(house).items():
                    if following.at <= datetime.now(UTC):
                        self.told["raises"] += raise_late_referral(house, id)
        except Unavailable:
            return Answer(503, None)
        return Answer(200, None)

    def round(self, acts: Sequence[Act], disturb: Callable[[], None] | None = None) -> None:
        """Do all of them at once, and hold the answers and the tables against the model."""
        gate = Barrier(len(acts) + (disturb is not None))
        begun = datetime.now(UTC)

        def go(act: Act) -> Answer:
            gate.wait()
            return self.ask(act)

        def pull() -> None:
            gate.wait()
            assert disturb is not None
            disturb()

        started = time.monotonic()
        with ThreadPoolExecutor(len(acts) + 1) as hands:
            asked = [hands.submit(go, act) for act in acts]
            if disturb is not None:
                hands.submit(pull).result()
            answers = [one.result() for one in asked]
        if disturb is not None and self.served:
            self.served.recover()
            answers = [self._again(*one) for one in zip(acts, answers, strict=True)]
        self.told["ms asked"] += round((time.monotonic() - started) * 1000)
        for act, answer in zip(acts, answers, strict=True):
            broken = answer.lost and not (disturb and answer.status in {0, 503})
            assert not broken, (act, answer)
            self.told["answers"] += 1
            self.told["refused"] += not (answer.accepted or answer.lost)
            self.told["lost"] += answer.lost and not self.served
        self.model.now = Span(begun, datetime.now(UTC))
        known = [one for one in zip(acts, answers, strict=True) if one[0].name not in ASIDE]
        known += self._read_from_positions()
        while not self._explained(known):
            # The worker has not waited for us.
            if not (more := self._read_from_positions()):
                raise AssertionError(f"no order explains {known}: {self.tried[:2]}")
            known += more
        for act, answer in known:
            if answer.accepted and act.who != WORKER:
                self.stamps += stamps_of(act, answer)
        self._forget()

    def _again(self, act: Act, answer: Answer) -> Answer:
        """Who never heard an answer asks again, by the same key; the others look."""
        self.told["lost"] += answer.lost
        if answer.lost and act.key and act.name in {"step", "ring"}:
            self.told["asked again"] += 1
            return self.ask(act)
        return answer

    def _read_from_positions(self) -> list[tuple[Act, Answer]]:
        """Steps that the worker took in this round, as acts of its own."""
        made = []
        rows = looking.read(self.town, READ_FROM_POSITIONS, after=self.newest_event)
        for number, kind, id, at in rows:
            self.newest_event = number
            thing, step = kind.split(".")
            if thing == "move":
                made.append((Act("arrive", WORKER, id), Answer(200, None)))
            else:
                made.append((Act("step", WORKER, id, word=step, at=at), Answer(200, None)))
                self.stamps.append(Stamp("assignment", id, step, at))
        return made

    def _explained(self, known: Sequence[tuple[Act, Answer]]) -> bool:
        """Whether some order explains what was answered and what is there; the model after it."""
        for kind in KINDS:
            # What this round began is newer than everything that was ever known; how much newer
            # nobody knows, as what is refused uses up numbers too.
            self.newest[kind] = max([*getattr(self.model, kind), self.newest[kind]])
        found = looking.found(self.town, self.model, self.newest)
        for act, answer in known:
            if answer.lost and act.name in MAKES:
                answer.body = what_was_made(self.town, self.model, act, self.newest)
        self.tried = []
        # Whoever got no answer does not know whether it was done.
        may_be = [(True, False) if a.lost else (a.accepted,) for _act, a in known]
        for order in permutations(range(len(known))):
            for done in product(*may_be):
                after = self.model.copy()
                if not follows(after, [(*known[n], done[n]) for n in order]):
                    continue
                differing = looking.differing(after, found)
                if not differing:
                    looking.settle(after, found)
                    self.model = after
                    return True
                self.tried.append(differing)
        return False

    def events(self) -> int:
        """How long the record is; a long run says now and then what it has seen."""
        events = judging.events_so_far(self.town)
        if events // SAID_EVERY > self.said_at // SAID_EVERY:
            took_s = time.monotonic() - self.began_at
            print(f"{events} events in {took_s:.0f} s: {self.seen()}", flush=True)
            self.said_at = events
        return events

    def seen(self) -> str:
        """What happened so far, in numbers."""
        counts = {"stamps": len(self.stamps), **self.told}
        if self.served:
            counts["kills"] = len(self.served.killed)
        asked_ms = counts.pop("ms asked") / (counts["answers"] or 1)
        return f"{counts}, {asked_ms:.0f} ms an answer"

    def judged(self) -> dict[str, list[Any]]:
        """Every law that is broken, with what breaks it."""
        town = self.town
        broken = {
            "illegal states": judging.illegal_states(town),
            "double assignments": judging.double_assignments(town),
            "lost stamps": judging.lost_stamps(town, self.stamps),
            "stamps of no event": judging.stamps_not_of_the_record(town),
            "told twice": judging.told_twice(town),
            "raised wrongly": judging.raised_wrongly(town),
            "steps of no point": self.phones.wrong(judging.steps_from_positions(town)),
        }
        return {law: found[:5] for law, found in broken.items() if found}

    def _forget(self) -> None:
        model = self.model
        bound = {a["incident"] for a in model.bound()}
        kept = set(sorted(model.incidents)[-KEPT:]) | bound
        while more := {model.incidents[id]["of"] for id in kept} - kept - {None}:
            kept |= more
        model.incidents = {id: i for id, i in model.incidents.items() if id in kept}
        for name in ("referrals", "assignments"):
            things = getattr(model, name)
            setattr(model, name, {id: t for id, t in things.items() if t["incident"] in kept})
        for name in ("calls", "moves", "handovers"):
            things = getattr(model, name)
            newest = set(sorted(things)[-KEPT:]) | {id for id, t in things.items() if _is_open(t)}
            setattr(model, name, {id: t for id, t in things.items() if id in newest})


def _is_open(thing: Thing) -> bool:
    """Whether a move is ordered, or a handover waits to be taken over: others are refused by it."""
    return thing.get("status") == "ordered" or thing.get("taken") is False


def follows(model: Model, acts: list[tuple[Act, Answer, bool]]) -> bool:
    """Whether the model, in this order, says of each act what the API said of it."""
    for act, answer, done in acts:
        if not done and answer.lost:
            continue
        model.said = done
        asked = asked_by_alarm(model, act) if act.name == "alarm" and done else []
        try:
            do(model, act)
            if act.name in MAKES and done:
                need(answer.body is not None)
                begin(model, act, answer, asked)
        except Refused:
            if done:
                return False
            continue
        if not done:
            return False
    return True
