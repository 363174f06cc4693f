"""What a ranking is made from, as documents: written once, read by every one who reckons with it.

A ranking of today and the same ranking worked out again next year begin at these documents, never
at today's tables. Reading a document gives back exactly what was written (a test holds that).
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

import orjson

from gis_dispatch.domain.candidates import Candidate, Origin
from gis_dispatch.domain.reasons import Both
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.services.ranking_inputs import ActiveClosure

Document = dict[str, Any]

FORMAT = 3
"""Of the inputs. Before 2 they did not hold all that a ranking is made from; from 3 on, what the
units are is kept beside them."""


def canonical(document: object) -> str:
    """The one way to write a document, so that equal documents are equal bytes (UTF-8).

    It is that of Python's own writer. The fast one writes the same, but for numbers very near to
    zero or very far from it, and but for what is no number: then Python's writes, or refuses.
    """
    with suppress(TypeError):  # what only Python's own writer knows
        if _usual((document,)):
            return orjson.dumps(document, option=_OPTIONS).decode()
    return json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


_OPTIONS = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def _usual(values: Iterable[object]) -> bool:
    """Whether both write every number in there alike: without an exponent, and not as null."""
    for value in values:
        kind = type(value)
        if kind is float:
            if value != 0.0 and not 1e-4 <= abs(value) < 1e16:  # type: ignore[arg-type]
                return False
        elif kind is dict:
            if not _usual(value.values()):  # type: ignore[attr-defined]
                return False
        elif (kind is list or kind is tuple) and not _usual(value):  # type: ignore[arg-type]
            return False
    return True


def sha256_of(text: str) -> str:
    """The hash of a document that is written already."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fingerprint(document: object) -> str:
    """The SHA-256 of a document written in the one canonical way."""
    return sha256_of(canonical(document))


def written(moment: datetime) -> str:
    """A moment as documents have it: in UTC, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


_FACTS = (
    "id", "call_sign", "agency_code", "agency_name", "type_code", "icon", "profile", "turnout_s",
    "capabilities", "station_name", "crew_count", "equipment",
)  # fmt: skip
"""What a unit is; all else is how it is at the moment."""
Facts = tuple[Any, ...]
_facts_of: Callable[[Candidate], Facts] = attrgetter(*_FACTS)


def facts_written(units: Iterable[Candidate]) -> tuple[str, str]:
    """(what the units are as one document, its hash): the same again until one is changed."""
    return _written_once(tuple(map(_facts_of, units)))


@lru_cache(maxsize=4)
def _written_once(units: tuple[Facts, ...]) -> tuple[str, str]:
    text = canonical([facts_document(facts) for facts in units])
    return text, sha256_of(text)


def facts_document(facts: Facts) -> Document:
    """What a unit is; a zero has no sign, as in the database that keeps it."""
    document = dict(zip(_FACTS, facts, strict=True))
    document["turnout_s"] += 0.0
    document["capabilities"] = sorted(document["capabilities"])
    return document


def unit_document(unit: Candidate) -> Document:
    """How a unit is at the moment of ranking."""
    origin = unit.origin
    document = {
        "id": unit.id,
        "duty": unit.duty,
        "duty_reason": unit.duty_reason,
        "busy_incident": unit.busy_incident,
        "busy_status": unit.busy_status,
        "origin": origin._asdict() if origin else None,
    }
    # Only where the city leaves such units out does it change a ranking.
    return document | {"shortfall": list(unit.shortfall)} if unit.shortfall else document


def units_of(moment: Iterable[Document], facts: Iterable[Document]) -> list[Candidate]:
    """The units that were written: how they were at the moment, and what they are."""
    return [_unit_of({**it, **this}) for it, this in zip(facts, moment, strict=True)]


def _unit_of(document: Document) -> Candidate:
    origin, shortfall = document["origin"], document.get("shortfall")
    return Candidate(
        **{
            **document,
            "capabilities": frozenset(document["capabilities"]),
            "equipment": tuple(document["equipment"]),
            "origin": Origin(**origin) if origin else None,
            "shortfall": Both(*shortfall) if shortfall else None,
        }
    )


def closure_document(closure: ActiveClosure) -> Document:
    """A closure as it held."""
    profiles = closure.road.profiles
    return {
        "id": closure.road.id,
        "version": closure.road.version,
        "geometry": closure.road.geometry,
        "effect": closure.road.effect,
        "speed_kph": closure.road.speed_kph,
        "depth_cm": closure.road.depth_cm,
        "profiles": None if profiles is None else list(profiles),
        "reason": closure.reason,
        "starts_at": written(closure.starts_at),
    }


def closure_of(document: Mapping[str, Any]) -> ActiveClosure:
    """The closure that was written."""
    facts = dict(document)
    reason, starts_at = facts.pop("reason"), datetime.fromisoformat(facts.pop("starts_at"))
    profiles = facts.pop("profiles")
    road = RoadClosure(profiles=None if profiles is None else tuple(profiles), **facts)
    return ActiveClosure(road, reason, starts_at)
