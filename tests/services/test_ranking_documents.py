"""Documents of a ranking: what is written is read back, through JSON and through the database."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.candidates import Candidate, Origin
from gis_dispatch.domain.roads import RoadClosure
from gis_dispatch.ports import House
from gis_dispatch.services.ranking_documents import (
    canonical,
    closure_document,
    closure_of,
    facts_written,
    fingerprint,
    unit_document,
    units_of,
)
from gis_dispatch.services.ranking_inputs import ActiveClosure

words = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
numbers = st.floats(-1e9, 1e9, allow_subnormal=False)
moments = st.datetimes(timezones=st.just(UTC))
origins = st.builds(
    Origin,
    st.floats(-180, 180),
    st.floats(-90, 90),
    words,
    st.none() | numbers,
    st.none() | numbers,
)
units = st.builds(
    Candidate,
    id=st.integers(1, 2**40),
    call_sign=words,
    agency_code=words,
    agency_name=words,
    type_code=words,
    icon=words,
    profile=words,
    turnout_s=numbers,
    capabilities=st.frozensets(words),
    station_name=st.none() | words,
    duty=words,
    duty_reason=st.none() | words,
    busy_incident=st.none() | words,
    busy_status=st.none() | words,
    origin=st.none() | origins,
    crew_count=st.integers(0, 50),
    equipment=st.lists(words, max_size=3).map(tuple),
)
closures = st.builds(
    ActiveClosure,
    st.builds(
        RoadClosure,
        id=st.integers(1, 2**40),
        version=st.integers(1, 99),
        geometry=st.just({"type": "Point", "coordinates": [108.9, 1]}),
        effect=st.sampled_from(("closed", "slowed")),
        speed_kph=st.none() | numbers,
        depth_cm=st.none() | numbers,
        profiles=st.none() | st.lists(words, max_size=3).map(tuple),
    ),
    words,
    moments,
)


def through_json(document: Any) -> Any:
    return json.loads(canonical(document))


@given(st.lists(units, max_size=3))
def test_units_are_read_as_they_were_written(several: list[Candidate]) -> None:
    moment = [unit_document(unit) for unit in several]
    assert through_json(moment) == moment
    text, sha256 = facts_written(several)
    again = units_of(through_json(moment), json.loads(text))
    assert again == several
    assert facts_written(again) == (text, sha256)
    assert sha256 == fingerprint(json.loads(text))
    assert [unit_document(unit) for unit in again] == moment


def test_what_units_are_is_written_anew_when_one_changes() -> None:
    origin = Origin(108.98, 0.9, "position", 12.0)
    unit = Candidate(
        1, "DMK-1", "damkar", "Damkar", "t", "i", "engine", 80.0, frozenset({"a"}), None,
        "available", None, None, None, origin, 4, ("selang",),
    )  # fmt: skip
    moved = unit._replace(origin=origin._replace(lon=109.0), duty="off_duty", busy_incident="7")
    assert facts_written([moved]) == facts_written([unit])
    for change in ({"equipment": ()}, {"crew_count": 5}, {"turnout_s": 81.0}, {"call_sign": "X"}):
        assert facts_written([unit._replace(**change)]) != facts_written([unit])


@given(closures)
def test_a_closure_is_read_as_it_was_written(closure: ActiveClosure) -> None:
    document = closure_document(closure)
    assert through_json(document) == document
    assert closure_of(through_json(document)) == closure


def test_equal_documents_are_equal_bytes() -> None:
    assert fingerprint({"a": 1, "b": ["é"]}) == fingerprint({"b": ["é"], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 1.0})
    with pytest.raises(ValueError, match="Out of range"):
        canonical({"a": float("nan")})


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.floats(-1e-3, 1e-3)
    | st.sampled_from((1e15, 9999999999999998.0, 1e16, 1e17, 0.0001, 0.00001, 1e-7, -0.0))
    | st.text(st.characters(exclude_categories=("Cs",))),
    lambda parts: st.lists(parts) | st.dictionaries(st.text("a~é\uffff\U0001f6927_"), parts),
    max_leaves=12,
)


@given(anything)
def test_it_is_written_as_python_writes_it(document: Any) -> None:
    """The same form for ever: it is what kept hashes are of."""
    assert canonical(document) == json.dumps(
        document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), -float("inf"), np.float64("nan")])
def test_what_is_no_number_is_refused_wherever_it_stands(odd: float) -> None:
    for document in (odd, [1.0, odd], {"a": {"b": [None, {"c": odd}]}}, {"a": (1.0, odd)}):
        with pytest.raises(ValueError, match="Out of range"):
            canonical(document)
    assert canonical({"a": np.float64(0.1)}) == '{"a":0.1}'


def test_a_moment_is_written_in_one_zone() -> None:
    here = timezone(timedelta(hours=7))
    road = RoadClosure(1, 1, {"type": "Point", "coordinates": [1, 2]}, "closed")
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=here)
    assert closure_document(ActiveClosure(road, "", moment))["starts_at"] == "2026-03-02T02:00:00Z"


def test_the_database_gives_back_the_same_bytes(town: House) -> None:
    """Whatever a number looks like: PostgreSQL keeps it exactly, Python writes it one way."""
    origin = Origin(108.98712345678901, -1e-07, "position", 0.1 + 0.2, -0.0)
    unit = Candidate(
        1, "DMK-1", "damkar", "Damkar", "t", "i", "engine", -0.0, frozenset({"b", "a"}), None,
        "available", None, None, None, origin, 4, ("selang ½",),
    )  # fmt: skip
    text, _ = facts_written([unit])
    with town.store.transaction() as tx:
        tx.run("keep_document", sha256="x", content=text, at=town.clock.now())
    row = town.store.reads.one("find_kept_document", sha256="x")
    assert canonical(row["content"]) == text
    assert units_of([unit_document(unit)], row["content"]) == [unit]
