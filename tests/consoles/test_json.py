"""JSON is written fast, and says what Python's own writer would say of the same value."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import pytest
from flask import Flask, session
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from gis_dispatch.consoles.json import JsonProvider, dumps, plain


class Both(NamedTuple):
    id: str
    en: str


class Duty(StrEnum):
    AVAILABLE = "available"


@dataclass
class Place:
    lon: float
    seen: datetime


class Shape(BaseModel):
    start: int = Field(serialization_alias="from")
    at: datetime


NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone(timedelta(hours=7)))

KNOWN: list[tuple[Any, str]] = [
    (NOON, '"2026-03-02T05:00:00Z"'),
    (NOON.replace(microsecond=250_000), '"2026-03-02T05:00:00.250000Z"'),
    (date(2026, 3, 2), '"2026-03-02"'),
    (Decimal("12.50"), "12.5"),
    (frozenset({"b", "a"}), '["a","b"]'),
    (Both("jalan", "road"), '["jalan","road"]'),
    ((1, 2.0), "[1,2.0]"),
    (Duty.AVAILABLE, '"available"'),
    ({1: "one", 112: "call"}, '{"1":"one","112":"call"}'),
    (OrderedDict(z=1, a=2), '{"z":1,"a":2}'),
    (np.float64(1.5), "1.5"),
    (Place(108.9, NOON), '{"lon":108.9,"seen":"2026-03-02T05:00:00Z"}'),
    (Shape(start=1, at=NOON.astimezone(UTC)), '{"from":1,"at":"2026-03-02T05:00:00Z"}'),
    ("Jl. “Alianyang” \u2028 <b>é", '"Jl. “Alianyang” \u2028 <b>é"'),
    ({"depth_cm": None, "closed": True}, '{"depth_cm":null,"closed":true}'),
]


@pytest.mark.parametrize(("value", "text"), KNOWN, ids=[type(v).__name__ for v, _ in KNOWN])
def test_each_kind_of_value_has_one_form(value: Any, text: str) -> None:
    assert dumps(value).decode() == text
    slow = json.dumps(value, default=plain, ensure_ascii=False, separators=(",", ":"))
    assert json.loads(slow) == json.loads(text)


numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
texts = st.text(st.characters(exclude_categories=["Cs"]))
moments = st.datetimes(timezones=st.just(UTC))
values = st.recursive(
    st.none() | st.booleans() | numbers | texts | moments,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner) | st.tuples(inner, inner),
    max_leaves=20,
)


@given(values)
def test_both_writers_say_the_same(value: Any) -> None:
    slow = json.dumps(value, default=plain, ensure_ascii=False)
    assert json.loads(dumps(value)) == json.loads(slow)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_null(number: float) -> None:
    assert dumps({"cost_s": number}) == b'{"cost_s":null}'


def test_a_time_without_a_zone_is_a_defect() -> None:
    with pytest.raises(TypeError):
        dumps({"at": datetime(2026, 3, 2)})  # noqa: DTZ001 - that is the defect


def test_an_application_answers_with_it_and_keeps_its_sessions() -> None:
    app = Flask(__name__)
    app.json = JsonProvider(app)
    app.secret_key = "a secret for tests only"

    @app.get("/")
    def look() -> dict[str, object]:
        session["since"] = NOON
        return {"at": NOON, "z": 1, "a": 2}

    @app.get("/again")
    def again() -> dict[str, object]:
        return {"since": session["since"]}

    client = app.test_client()
    answer = client.get("/")
    assert answer.data == b'{"at":"2026-03-02T05:00:00Z","z":1,"a":2}\n'
    assert answer.mimetype == "application/json"
    assert client.get("/again").get_json() == {"since": "2026-03-02T05:00:00Z"}
