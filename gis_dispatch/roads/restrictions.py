"""OSM relations `type=restriction`, read: which ways, which sign, whom it concerns.

Tagging: https://wiki.openstreetmap.org/wiki/Relation:restriction
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gis_dispatch.roads.tags import Tags

KINDS = frozenset(
    {
        "no_left_turn", "no_right_turn", "no_straight_on", "no_u_turn", "no_entry", "no_exit",
        "only_left_turn", "only_right_turn", "only_straight_on", "only_u_turn",
    }
)  # fmt: skip
# Before conditional restrictions had a tag of their own, hours were told in these.
_OLD_HOURS = ("day_on", "day_off", "hour_on", "hour_off")

Member = tuple[str, int, str]
"""(`n`, `w` or `r`; its number; its role), as OSM files have them."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One sign: from any of these ways, by way of, to any of those."""

    kind: str
    rule: Mapping[str, Any]
    from_ways: frozenset[int]
    via_nodes: frozenset[int]
    via_ways: frozenset[int]
    to_ways: frozenset[int]


def restrictions_of(
    tags: Tags, members: Iterable[Member], skipped: Counter[str]
) -> list[Restriction]:
    """The signs of one relation; those that cannot be used are counted by their reason."""
    signs = list(_signs(tags, skipped))
    roles: dict[tuple[str, str], set[int]] = {}
    for kind, ref, role in members:
        roles.setdefault((role, kind), set()).add(ref)
    starts, ends = roles.get(("from", "w"), set()), roles.get(("to", "w"), set())
    nodes, ways = roles.get(("via", "n"), set()), roles.get(("via", "w"), set())
    # One node, or ways: several nodes do not say where the sign stands.
    if not starts or not ends or not (ways or len(nodes) == 1):
        skipped["restriction_incomplete"] += len(signs)
        return []
    return [
        Restriction(
            sign, rule, frozenset(starts),
            frozenset() if ways else frozenset(nodes), frozenset(ways), frozenset(ends),
        )
        for sign, rule in signs
    ]  # fmt: skip


def _signs(tags: Tags, skipped: Counter[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, rule) of every `restriction…` tag; several values are several signs."""
    for key, value in tags.items():
        main, *qualifiers = key.split(":")
        if main != "restriction":
            continue
        if "conditional" in qualifiers or any(hours in tags for hours in _OLD_HOURS):
            skipped["restriction_conditional"] += 1
            continue
        for text in value.lower().split(";"):
            kind = text.strip()
            if kind not in KINDS:
                skipped["restriction_unknown"] += 1
                continue
            rule: dict[str, Any] = {"restriction": kind}
            if qualifiers:
                rule["for"] = ";".join(qualifiers)
            if tags.get("except"):
                rule["except"] = tags["except"]
            yield kind, rule
