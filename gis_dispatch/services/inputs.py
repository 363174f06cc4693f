"""Checks of single inputs; each refusal names the field, what was wrong and what would be right."""

from collections.abc import Collection
from math import isfinite

from gis_dispatch.errors import (
    ChoiceUnknown,
    KindUnknown,
    NumberOutOfRange,
    PriorityOutOfRange,
    TextMissing,
    TextTooLong,
)
from gis_dispatch.ports import House, Reads, Row

LONGEST_TEXT = 4000


def required_text(field: str, given: str | None, most: int = LONGEST_TEXT) -> str:
    """A text that says something."""
    text = (given or "").strip()
    if not text:
        raise TextMissing(field=field)
    if len(text) > most:
        raise TextTooLong(field=field, length=len(text), most=most)
    return text


def optional_text(field: str, given: str | None, most: int = LONGEST_TEXT) -> str | None:
    """A text, or None where nothing was said."""
    return required_text(field, given, most) if (given or "").strip() else None


def choice(field: str, given: str, allowed: Collection[str]) -> str:
    """One of the words that are allowed."""
    if given not in allowed:
        raise ChoiceUnknown(field=field, given=given, allowed=", ".join(allowed))
    return given


def known_profiles(house: House) -> list[str]:
    """The kinds of vehicle that roads are reckoned for at this moment."""
    return sorted(house.roads.profile_facts())


def priority_of(given: int) -> int:
    """1 (most urgent) to 4."""
    if given not in (1, 2, 3, 4):
        raise PriorityOutOfRange(field="priority", given=given)
    return given


def number_in(field: str, given: float | None, least: float, most: float) -> float | None:
    """A number within bounds, or None."""
    if given is not None and not (isfinite(given) and least <= given <= most):
        raise NumberOutOfRange(field=field, given=given, least=least, most=most)
    return given


def kind_of(reads: Reads, code: str) -> Row:
    """A kind of emergency that is in use."""
    kind = reads.find("find_kind", code=code)
    if kind is None or not kind["active"]:
        raise KindUnknown(field="kind", given=code)
    return kind
