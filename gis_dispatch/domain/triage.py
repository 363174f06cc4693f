"""How urgent: the priority an emergency has before anybody judges it."""

MOST_URGENT = 1
LEAST_URGENT = 4


def default_priority(of_kind: int | None, of_parent: int | None = None) -> int:
    """The kind's own priority, else its parent's, else urgent: not knowing is no reason to wait."""
    for priority in (of_kind, of_parent):
        if priority is not None:
            return min(max(priority, MOST_URGENT), LEAST_URGENT)
    return MOST_URGENT
