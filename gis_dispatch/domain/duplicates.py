"""Whether a new report is about an incident that is already known: by distance, age and kind."""

from dataclasses import dataclass
from math import exp

from gis_dispatch.domain.reasons import Reason, distance, duration, sentence

# At these, each part of the score has fallen to a half.
HALF_DISTANCE_M = 150.0
HALF_AGE_S = 1800.0
KIND_SCORES = {"same": 1.0, "related": 0.85, "unknown": 0.7, "other": 0.35}


@dataclass(frozen=True)
class Likeness:
    """How likely it is the same incident (0 to 1), and why."""

    score: float
    reason: Reason


def kind_likeness(kind: str | None, other: str) -> str:
    """same, related (one family), unknown (not yet classified) or other."""
    if kind is None:
        return "unknown"
    if kind == other:
        return "same"
    return "related" if kind.partition(".")[0] == other.partition(".")[0] else "other"


def _halving(value: float, half: float) -> float:
    return exp(-0.6931471805599453 * max(value, 0.0) / half)


def likeness(
    distance_m: float, age_s: float, kind: str | None, other_kind: str, accuracy_m: float = 0.0
) -> Likeness:
    """Score one known incident; a vague place counts as nearer, since it may be."""
    alike = kind_likeness(kind, other_kind)
    nearness = _halving(distance_m - accuracy_m, HALF_DISTANCE_M)
    score = nearness * (0.4 + 0.6 * _halving(age_s, HALF_AGE_S)) * KIND_SCORES[alike]
    return Likeness(
        score=round(score, 4),
        reason=sentence(
            f"like_{alike}",
            distance=distance(distance_m),
            age=duration(age_s),
        ),
    )
