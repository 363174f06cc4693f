"""Plus codes, against the examples published with the specification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.geocoding.plus_codes import complete, decode, encode, is_whole, split_plus_code


@pytest.mark.parametrize(
    ("code", "lat", "lon"),
    [
        ("7FG49Q00+", 20.375, 2.775),
        ("7FG49QCJ+2V", 20.3700625, 2.7821875),
        ("7FG49QCJ+2VX", 20.3701125, 2.782234375),
        ("7FG49QCJ+2VXGJ", 20.3701135, 2.78223535156),
        ("8FVC2222+22", 47.0000625, 8.0000625),
        ("4VCPPQGP+Q9", -41.2730625, 174.7859375),
        ("62G20000+", 0.5, -179.5),
        ("22220000+", -89.5, -179.5),
    ],
)
def test_published_examples_decode(code: str, lat: float, lon: float) -> None:
    assert decode(code) == pytest.approx((lon, lat), abs=1e-7)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (20.3701125, 2.782234375, "7FG49QCJ+2V"),
        (47.0000625, 8.0000625, "8FVC2222+22"),
        (-41.2730625, 174.7859375, "4VCPPQGP+Q9"),
        (-89.9999375, -179.9999375, "22222222+22"),
    ],
)
def test_published_examples_encode(lat: float, lon: float, code: str) -> None:
    assert encode(lon, lat) == code


@pytest.mark.parametrize(
    ("short", "near", "whole"),
    [
        ("9G8F+5W", (8.4, 47.4), "8FVC9G8F+5W"),
        ("8F+GG", (-1.217765625, 51.3708675), "9C3W9Q8F+GG"),
        ("CJ+2VX", (2.7, 20.3), None),
        ("2222+22", (-114.6, 42.899), None),
    ],
)
def test_a_short_code_is_completed_by_the_place_beside_it(
    short: str, near: tuple[float, float], whole: str | None
) -> None:
    found = complete(short, near)
    if whole:
        assert found == pytest.approx(decode(whole))
    step = 1.0 if short.index("+") == 4 else 0.05
    assert abs(found[0] - near[0]) <= step / 2 + 1e-9
    assert abs(found[1] - near[1]) <= step / 2 + 1e-9


@given(lon=st.floats(-180, 179.9), lat=st.floats(-90, 89.9))
def test_a_code_lies_where_it_was_made(lon: float, lat: float) -> None:
    found = decode(encode(lon, lat))
    assert found == pytest.approx((lon, lat), abs=0.000126 / 2 + 1e-9)


@given(lon=st.floats(95, 141), lat=st.floats(-11, 6), off=st.floats(-0.4, 0.4))
def test_the_short_form_means_the_same_nearby(lon: float, lat: float, off: float) -> None:
    code = encode(lon, lat)
    assert complete(code[4:], (lon + off, lat - off)) == pytest.approx(decode(code))


def test_what_is_a_code_and_what_is_a_name() -> None:
    assert split_plus_code("6pgcwx4p+cr") == ("6PGCWX4P+CR", "")
    assert split_plus_code("WX4P+CR Singkawang, Indonesia") == ("WX4P+CR", "Singkawang, Indonesia")
    assert split_plus_code("Jalan Diponegoro") is None
    assert split_plus_code("A+B") is None
    assert is_whole("6PGCWX4P+CR")
    assert not is_whole("WX4P+CR")
