"""Typed coordinates are read as they were meant, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.geocoding.coordinates import typed_coordinates
from gis_dispatch.geocoding.refusals import CoordinatesAmbiguous, CoordinatesImpossible

SINGKAWANG = (108.87, 0.74, 109.18, 1.02)
GOTEBORG = (11.8, 57.6, 12.1, 57.8)


@pytest.mark.parametrize(
    "text",
    [
        "0.9060, 108.987",
        "108.987 0.906",
        "0.906;108.987",
        " (0.906, 108.987) ",
        "lat: 0.906, lon: 108.987",
        "0,906 108,987",
        "0,9060, 108,9870",
        "0.906 N 108.987 E",
        "N 0.906, E 108.987",
        "108.987E, 0.906N",
        "0.906 LU, 108.987 BT",
        "0.906LU 108.987BT",
        "0.906 Lintang Utara 108.987 Bujur Timur",
        "0°54'21.6\"N 108°59'13.2\"E",
        "0° 54′ 21.6″ N, 108° 59′ 13.2″ E",
        "108°59'13.2\"E 0°54'21.6\"N",
        "0°54'21.6\", 108°59'13.2\"",
        "0 54 21.6 N 108 59 13.2 E",
        "0° 54.36' N 108° 59.22' E",
        "0°54'21.6\" LU 108°59'13.2\" BT",
        "0:54:21.6 N, 108:59:13.2 E",
    ],
)
def test_many_ways_to_write_one_place(text: str) -> None:
    found = typed_coordinates(text, SINGKAWANG)
    assert found == pytest.approx((108.987, 0.906), abs=1e-6)


@pytest.mark.parametrize("text", ["1.2774 S 116.83 E", "1.2774 LS, 116.83 BT", "-1.2774, 116.83"])
def test_south_is_negative(text: str) -> None:
    assert typed_coordinates(text) == pytest.approx((116.83, -1.2774))


def test_the_city_decides_the_order_where_the_numbers_do_not() -> None:
    assert typed_coordinates("57.70, 11.97", GOTEBORG) == (11.97, 57.70)
    assert typed_coordinates("11.97, 57.70", GOTEBORG) == (11.97, 57.70)


def test_an_order_nothing_decides_is_refused() -> None:
    with pytest.raises(CoordinatesAmbiguous):
        typed_coordinates("57.70, 11.97", None)
    with pytest.raises(CoordinatesAmbiguous):
        typed_coordinates("57.70, 11.97", SINGKAWANG)
    with pytest.raises(CoordinatesAmbiguous):
        typed_coordinates("0.9, 0.8", (0.5, 0.5, 1.0, 1.0))


@pytest.mark.parametrize("text", ["95.0 N 10.0 E", "0°75'00\"N 108°59'13\"E", "100.0, 200.0"])
def test_what_is_not_on_earth_is_refused(text: str) -> None:
    with pytest.raises(CoordinatesImpossible):
        typed_coordinates(text, SINGKAWANG)


@pytest.mark.parametrize(
    "text",
    ["Jalan Diponegoro 12", "112", "", "RT 03 RW 05", "Gang 7", "12, 45", "S", "N E", "SE", "3 W"],
)
def test_names_are_not_coordinates(text: str) -> None:
    assert typed_coordinates(text, SINGKAWANG) is None


@given(
    lon=st.floats(95, 141, allow_nan=False).map(lambda x: round(x, 6)),
    lat=st.floats(-11, 6, allow_nan=False).map(lambda x: round(x, 6)),
)
def test_every_place_in_indonesia_is_read_in_either_order(lon: float, lat: float) -> None:
    expected = pytest.approx((lon, lat))
    assert typed_coordinates(f"{lat:.6f}, {lon:.6f}") == expected
    assert typed_coordinates(f"{lon:.6f} {lat:.6f}") == expected
    side = "S" if lat < 0 else "N"
    assert typed_coordinates(f"{abs(lat):.6f}{side} {lon:.6f}E") == expected
