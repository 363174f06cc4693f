"""The SOP line: what is done, what was skipped, and whose turn it is."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.procedure import Stamp, Step, procedure_line

T0 = datetime(2026, 3, 2, tzinfo=UTC)
STEPS = tuple(Step(n, f"Langkah {n}", f"Step {n}", f"who {n}", (f"t.{n}",)) for n in range(1, 9))


def states(done: set[int], over: bool = False) -> list[str]:
    stamps = {f"t.{n}": Stamp(T0 + timedelta(seconds=n), "Siti") for n in done}
    return [step["state"] for step in procedure_line(STEPS, stamps, over=over)]


@given(st.sets(st.integers(1, 8)), st.booleans())
def test_done_steps_are_those_with_a_stamp_and_one_step_at_most_is_current(
    done: set[int], over: bool
) -> None:
    found = states(done, over)
    assert {n for n, state in enumerate(found, 1) if state == "done"} == done
    assert found.count("current") == (0 if over or 8 in done else 1)
    last = max(done, default=0)
    assert all(state in {"done", "skipped"} for state in found[:last])


def test_the_current_step_follows_the_last_one_done() -> None:
    assert states({1, 2, 4}) == [
        "done", "done", "skipped", "done", "current", "waiting", "waiting", "waiting",
    ]  # fmt: skip


def test_it_says_when_by_whom_and_whose_turn_it_is() -> None:
    line = procedure_line(
        (Step(1, "a", "a", "operator", ("x", "y")), Step(2, "b", "b", "dispatcher", ("z",))),
        {"y": Stamp(T0, "Siti"), "x": Stamp(T0 + timedelta(hours=1), "Budi")},
    )
    assert (line[0]["at"], line[0]["by"], line[0]["whose_turn"]) == (T0, "Siti", None)
    assert (line[1]["state"], line[1]["whose_turn"]) == ("current", "dispatcher")
