"""Barriers that stand on a road at one point: which of them can stop a vehicle, and whom.

Tagging: https://wiki.openstreetmap.org/wiki/Key:barrier
"""

from typing import Any

from gis_dispatch.roads import tags as osm
from gis_dispatch.roads.access import VEHICLE_TAGS

# Driven through or over, or opened by whoever is paid to sit there.
_OPEN = frozenset(
    {
        "no", "entrance", "toll_booth", "border_control", "checkpoint", "cattle_grid", "kerb",
        "rumble_strip", "speed_bump", "coupure", "open",
    }
)  # fmt: skip
BARRIER_TAGS = ("barrier", *VEHICLE_TAGS, "width", "maxwidth", "maxheight", "maxweight")
"""What is read of a barrier; the online import asks for these."""


def barrier_rule(tags: osm.Tags) -> dict[str, Any] | None:
    """What a vehicle's profile needs to judge a barrier; None where nothing can be stopped."""
    kind = tags.get("barrier", "")
    if not kind or kind in _OPEN:
        return None
    rule: dict[str, Any] = {"barrier": kind}
    rule.update({key: tags[key] for key in VEHICLE_TAGS if tags.get(key)})
    rule.update(osm.sizes(tags))
    return rule
