"""The words of OSM by which a road or a barrier lets vehicles in, and how they are judged."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

VEHICLE_TAGS = (
    "access", "vehicle", "motor_vehicle", "motorcar", "motorcycle", "hgv", "emergency",
)  # fmt: skip
"""What the import keeps of who may pass; the narrower the later."""

# `emergency` is also what OSM calls hydrants and sirens; only these words say who may pass.
_DECIDE = frozenset(
    {
        "yes", "no", "private", "permissive", "destination", "designated", "official", "customers",
        "delivery", "permit", "residents", "agricultural", "forestry", "military", "emergency",
        "discouraged", "use_sidepath", "restricted",
    }
)  # fmt: skip
_LEAST_OPENING_M = 0.5
"""A smaller "width" is the post's own, not the gap beside it."""


def parts(value: object) -> list[str]:
    """`psv; emergency` → psv, emergency."""
    return [part for text in str(value).lower().split(";") if (part := text.strip())]


def let_in(tags: Mapping[str, Any], chain: Sequence[str], denied: Collection[str]) -> bool | None:
    """What the last tag of the chain that is given decides; None: none of them is given.

    Where a tag has several values (`agricultural;destination`), one that is not denied is enough.
    """
    decided: bool | None = None
    for tag in chain:
        words = [word for word in parts(tags.get(tag, "")) if word in _DECIDE or word in denied]
        if words:
            decided = any(word not in denied for word in words)
    return decided


def narrowest_m(rule: Mapping[str, Any]) -> float | None:
    """The width of the opening at a barrier, where one is mapped."""
    width_m = float(rule.get("width_m", 0))
    return width_m if width_m >= _LEAST_OPENING_M else None
