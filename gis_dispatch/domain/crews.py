"""Who is on a unit and which places of its crew they fill: each person fills at most one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody on a unit, with what they can do."""

    id: int
    name: str
    duty_role: str
    skills: frozenset[str]


@dataclass(frozen=True)
class Need:
    """So many people of one skill."""

    skill: str
    number: int


def skills_of(
    duty_role: str, ticked: Iterable[str], words: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """The skills that were entered for a person, and those that the role itself names."""
    role = " ".join(duty_role.lower().split())
    return frozenset(ticked) | {skill for skill, names in words.items() if role in names}


def gaps(needs: Sequence[Need], people: Sequence[Person]) -> list[Need]:
    """The places nobody is left for, when as many as possible are filled.

    Of several ways to fill as many, it is the one that keeps the places named first, so that the
    same crew always lacks the same.
    """
    seats: dict[int, int] = {}  # person → place
    places = [need.skill for need in needs for _ in range(need.number)]
    empty: dict[str, int] = {}
    for place in range(len(places)):
        if not _seat(place, places, people, seats, set()):
            empty[places[place]] = empty.get(places[place], 0) + 1
    return [Need(need.skill, empty[need.skill]) for need in needs if need.skill in empty]


def _seat(
    place: int,
    places: Sequence[str],
    people: Sequence[Person],
    seats: dict[int, int],
    asked: set[int],
) -> bool:
    """Put somebody on a place, moving others to places they can fill as well."""
    for person in people:
        if places[place] not in person.skills or person.id in asked:
            continue
        asked.add(person.id)
        if person.id not in seats or _seat(seats[person.id], places, people, seats, asked):
            seats[person.id] = place
            return True
    return False
