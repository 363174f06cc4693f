"""What a crew counts at the scene."""

from collections.abc import Mapping

PEOPLE = ("dead", "badly_hurt", "lightly_hurt", "missing", "evacuated")
THINGS = ("buildings", "vehicles")
COUNTED = PEOPLE + THINGS
MOST = 9999


def counted(row: Mapping[str, object]) -> dict[str, int]:
    """The numbers of a count that are not zero."""
    return {name: number for name in COUNTED if isinstance(number := row[name], int) and number}
