"""The SOP as a line of steps, read from stamps: done, current, waiting or skipped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step of the procedure, a fact from a file."""

    number: int
    label_id: str
    label_en: str
    who: str
    done_when: tuple[str, ...]


@dataclass(frozen=True)
class Stamp:
    """When something was done, and by whom."""

    at: datetime
    by: str | None = None


def steps_of(document: Mapping[str, Any]) -> tuple[Step, ...]:
    """The steps of a procedure file, by number."""
    steps = (
        Step(
            number=int(step["number"]),
            label_id=str(step["label_id"]),
            label_en=str(step["label_en"]),
            who=str(step["who"]),
            done_when=tuple(step["done_when"]),
        )
        for step in document["steps"]
    )
    return tuple(sorted(steps, key=lambda step: step.number))


def _first(names: Iterable[str], stamps: Mapping[str, Stamp]) -> Stamp | None:
    found = [stamps[name] for name in names if name in stamps]
    return min(found, key=lambda stamp: stamp.at) if found else None


def procedure_line(
    steps: Sequence[Step], stamps: Mapping[str, Stamp], *, over: bool = False
) -> list[dict[str, Any]]:
    """Each step with its state; the first one not done is whose turn it is.

    A step without a stamp before a step that has one was skipped, and the line says so. When the
    case ended early (`over`), nothing is current any more: what was not done was skipped.
    """
    done = [_first(step.done_when, stamps) for step in steps]
    last_done = max((i for i, stamp in enumerate(done) if stamp is not None), default=-1)
    line: list[dict[str, Any]] = []
    for index, (step, stamp) in enumerate(zip(steps, done, strict=True)):
        if stamp is not None:
            state = "done"
        elif index < last_done or over:
            state = "skipped"
        else:
            state = "current" if index == last_done + 1 else "waiting"
        line.append(
            {
                "number": step.number,
                "label_id": step.label_id,
                "label_en": step.label_en,
                "state": state,
                "at": stamp.at if stamp else None,
                "by": stamp.by if stamp else None,
                "whose_turn": step.who if state == "current" else None,
            }
        )
    return line
