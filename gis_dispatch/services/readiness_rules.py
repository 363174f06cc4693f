"""What the city asks of units, from the facts: names of skills and supplies, and their limits."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache

from gis_dispatch.domain.readiness import Rules, Supply
from gis_dispatch.domain.reasons import Both
from gis_dispatch.services.facts_files import read_readiness


@cache
def rules() -> Rules:
    """The limits a unit is judged by."""
    facts = read_readiness()
    return Rules(
        skills={code: Both(one.name_id, one.name_en) for code, one in facts.skills.items()},
        supplies={
            code: Supply(
                Both(one.name_id, one.name_en), one.least_percent, timedelta(hours=one.old_after_h)
            )
            for code, one in facts.supplies.items()
        },
        carried={code: one.supplies for code, one in facts.crews.items()},
        vehicle_days=facts.vehicle_days,
    )


@cache
def role_words() -> Mapping[str, Sequence[str]]:
    """Skill to the roles that count as it."""
    return {code: one.words for code, one in read_readiness().skills.items()}


def usual_valid_days(name: str) -> int | None:
    """For how long a check of equipment of this name holds, where nobody said otherwise."""
    words = name.lower()
    for word, days in read_readiness().checks.items():
        if word in words:
            return days
    return None
