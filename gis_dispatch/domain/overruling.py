"""When sending needs a reason: what is sent is not what was recommended, nor a part of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Overruled:
    """What was recommended and passed over, and what is sent in its place."""

    kind: str
    """`not_ranked`: it was left out of the list; `not_first`: another would be there first;
    `not_in_set`: the plan would be filled by others."""
    instead: tuple[int, ...]
    sent: tuple[int, ...]


def overruled(
    ranked: Sequence[int], chosen: Collection[int], sent: Collection[int]
) -> Overruled | None:
    """What a person must give a reason for; units by id, all of one agency.

    `ranked` are the able ones, the soonest first; `chosen` those that fill the response plan
    soonest. Any part of the recommended set may go, and where there is no set, whoever is first
    may go, with as many others as wanted.
    """
    left_out = tuple(unit for unit in sent if unit not in ranked and unit not in chosen)
    if left_out:
        return Overruled("not_ranked", (), left_out)
    outside = tuple(unit for unit in sent if unit not in chosen)
    if not outside:
        return None
    if ranked[0] not in sent:
        return Overruled("not_first", (ranked[0],), outside)
    if not chosen:
        return None
    return Overruled("not_in_set", tuple(chosen), outside)
