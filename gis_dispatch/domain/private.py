"""What a private brigade is not told: the work of other agencies and of their units."""

WORK = frozenset({"assignment", "move", "notification", "ranking", "referral", "unit"})
"""What events of an agency's own work begin with."""


def is_work_of_others(subject: str, agency: str | None, only_agency: str | None) -> bool:
    """Whether an event is of another agency's work; `is_work_of_others` says the same in SQL."""
    return only_agency is not None and agency != only_agency and subject in WORK
