"""People, phones, programs and restarts, chosen by hypothesis, until the record is so long."""

import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.laws.choosing import Chosen, act_of, chosen
from tests.laws.knowing import Act
from tests.laws.world import World

COURSE = (
    "refer", "acknowledge", "check", "accept", "assign", "step", "step", "step", "step",
    "complete", "close",
)  # fmt: skip


class Laws(RuleBasedStateMachine):
    """One world for all examples; what each does is remembered by the world, not by the example."""

    world: World
    examples = 6
    """In a row; the first of them is always the simplest there is."""
    steps = 15

    @rule(acts=st.lists(chosen, min_size=1, max_size=3))
    def at_once(self, acts: list[Chosen]) -> None:
        self.round(acts)

    @rule(which=st.integers(0, 5), until=st.integers(3, len(COURSE)), rival=chosen)
    def a_case(self, which: int, until: int, rival: Chosen) -> None:
        """A call taken some way, so that late states are reached; somebody interferes."""
        self.round([("ring", "operator", 0, 0, 0)])
        self.round([("record", "operator", 1, 1, 0), ("answer", "operator", 0, 0, 0)])
        self.round([("link", "operator", 0, 0, 0), ("verify", "operator 2", 0, 0, 0)])
        for number, name in enumerate(COURSE[:until]):
            who = "operator" if name in {"refer", "close"} else "damkar"
            step: Chosen = (name, who, 0, which if name == "assign" else 0, 1)
            self.round([step, rival] if number == which else [step])

    @rule(way=st.integers(0, 3), rival=chosen, automatic=st.booleans())
    def a_case_by_position(self, way: int, rival: Chosen, automatic: bool) -> None:
        """A unit drives, and its phone says so while somebody presses."""
        self.world.automatic = automatic
        self.round([("record", "operator", 1, 1, 0)])
        for name in COURSE[:6]:
            who = "operator" if name == "refer" else "damkar"
            self.round([(name, who, 0, 0, 1)])
        assigned = self.world.model.bound()
        if not assigned:
            return
        unit = assigned[-1]["unit"]
        for goal in ("leave", "late", "arrive", "home"):
            acts = [Act("fly", "phone", unit, word=goal)]
            press = self.acts([rival]) if way == 0 else []
            self.play([*acts, *press])
            self.play([Act("look", "worker"), *(self.acts([rival]) if way == 1 else [])])

    @rule(acts=st.lists(chosen, min_size=1, max_size=2))
    def a_phone_sends_twice(self, acts: list[Chosen]) -> None:
        """Of two that say the same at once, one is first; both are told what is true."""
        self.round([*acts, acts[0]])

    def round(self, chosen_acts: list[Chosen]) -> None:
        """What was drawn, at once."""
        self.play(self.acts(chosen_acts))

    def acts(self, chosen_acts: list[Chosen]) -> list[Act]:
        """What was drawn, as acts on what there is now."""
        now = datetime.now(UTC)
        made = (act_of(self.world.model, one, now) for one in chosen_acts)
        return [act for act in made if act is not None]

    def play(self, acts: list[Act], disturb: Callable[[], None] | None = None) -> None:
        """Hypothesis would play a broken example again, in a world that has gone on."""
        if acts and self.world.broken is None:
            try:
                self.world.round(acts, disturb)
            except Exception as broken:  # noqa: BLE001
                self.world.broken = broken


class Restarts(Laws):
    """With a web process that begins anew, and a database that ends all connections."""

    @rule(acts=st.lists(chosen, min_size=1, max_size=3), odd=st.integers(0, 5))
    def the_database_ends_all_connections(self, acts: list[Chosen], odd: int) -> None:
        if odd == 0:
            self.play(self.acts(acts), self.world.cut)

    @rule(odd=st.integers(0, 4))
    def the_web_process_begins_anew(self, odd: int) -> None:
        if odd == 0:
            self.world.restart()


class Kills(Laws):
    """With everything killed in its turn, in the middle of what people ask."""

    examples, steps = 3, 8

    @rule(acts=st.lists(chosen, min_size=2, max_size=3), after_ms=st.integers(0, 40))
    def something_is_killed(self, acts: list[Chosen], after_ms: int) -> None:
        world = self.world
        assert world.served is not None
        kinds = list(world.served.kills)
        what = kinds[len(world.served.killed) % len(kinds)]
        self.play(self.acts(acts), world.served.kill(what, after_ms / 1000))


def play(world: World, enough: Callable[[], bool], laws: type[Laws] = Restarts) -> None:
    """Go on until it is enough. The seed, which is printed, plays the same choices again."""
    begin_with = int(os.environ.get("GIS_DISPATCH_TEST_SEED", 0)) or secrets.randbelow(2**31)
    print(f"GIS_DISPATCH_TEST_SEED={begin_with}")
    rules = settings(
        max_examples=laws.examples,
        stateful_step_count=laws.steps,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
    )
    for number in count():
        if enough():
            break
        machine = seed(begin_with + number)(type("Laws", (laws,), {"world": world}))
        run_state_machine_as_test(machine, settings=rules)
        if world.broken is not None:
            raise world.broken
