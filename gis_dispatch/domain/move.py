"""A move: a free unit stands by at another station, to close a gap, and the states of that."""

from gis_dispatch.domain import duty
from gis_dispatch.domain.assignment import REPORTERS, SENDERS
from gis_dispatch.domain.people import SYSTEM
from gis_dispatch.domain.states import Carried, Machine, Transition

MACHINE = Machine(
    name="move",
    initial="ordered",
    final=frozenset({"arrived", "taken_back", "overtaken"}),
    transitions=(
        # The crew says so, or its position does.
        Transition("ordered", "arrived", REPORTERS | {SYSTEM}),
        Transition("ordered", "taken_back", SENDERS, ("reason",)),
        # An assignment always comes first, and a unit that is off duty stands by nowhere.
        Transition("ordered", "overtaken", SENDERS | duty.WHO),
    ),
    carries={
        "ordered": Carried(),
        "arrived": Carried(),
        "taken_back": Carried(("reason",)),
        "overtaken": Carried(),
    },
    evidence={"reason": ("reason",)},
)
