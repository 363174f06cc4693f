"""Who receives case documents, and what of a person each of them may be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

PERSONAL: Mapping[str, tuple[str, ...]] = {
    "caller_name": ("calls.*.caller_name",),
    "caller_number": ("calls.*.caller_number",),
    # Whoever writes freely may write a name.
    "words": (
        "description",
        "needs",
        "summary",
        "referrals.*.hand_back_reason",
        "referrals.*.completion_note",
        "referrals.*.readiness.*.missing",
        "assignments.*.overrule_reason",
        "assignments.*.cancel_reason",
        "corrections.*.reason",
    ),
    "address": ("location.address",),
    "staff_name": ("corrections.*.by",),
}
"""What a document may hold of a person, by where it stands in it."""

DATA_CENTRE = "data_centre"


@dataclass(frozen=True)
class Receiver:
    """One receiver, and the personal data it may see; everything else of a person is left out."""

    code: str
    name: str
    may_see: frozenset[str] = frozenset()


STRANGER = Receiver("", "")
"""A receiver that no file names is told nothing of any person."""


def receiver_of(receivers: Iterable[Receiver], code: str) -> Receiver:
    """The receiver of a code; one that nobody named may see the least."""
    return next((one for one in receivers if one.code == code), STRANGER)


def told_to_anybody(receivers: Iterable[Receiver]) -> frozenset[str]:
    """What at least one receiver may see: more than that is never put in the outbox."""
    return frozenset(datum for one in receivers for datum in one.may_see)


def reduced(document: Mapping[str, Any], may_see: frozenset[str]) -> dict[str, Any]:
    """A copy in which everything of a person that may not be seen is empty."""
    made = _copied(document)
    for datum, paths in PERSONAL.items():
        if datum not in may_see:
            for path in paths:
                _empty(made, path.split("."))
    return dict(made)


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copied(one) for name, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _empty(value: Any, path: list[str]) -> None:
    name, *rest = path
    if name == "*":
        for one in value if isinstance(value, list) else ():
            _empty(one, rest)
    elif isinstance(value, dict) and name in value:
        if rest:
            _empty(value[name], rest)
        else:
            value[name] = None
