"""What phones really send becomes one report in our units; what cannot be read names its field."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.errors import BadInput
from gis_dispatch.exchange.osmand import (
    PhoneBodyUnreadable,
    PhoneFieldMissing,
    PhoneNumberUnreadable,
    PhonePlaceImpossible,
    PhoneTimeUnreadable,
    parse_form,
    parse_json,
)

# As Traccar Client 8 for Android sends it.
ANDROID = (
    "id=tok-123&timestamp=1763890200&lat=0.9060300&lon=108.9872400&speed=10.0&bearing=271.5"
    "&altitude=12.0&accuracy=4.5&batt=87.0&charge=true"
)
# As Traccar Client 9 sends it.
CLIENT_9 = """{"location":{"timestamp":"2025-11-23T09:30:00.250Z","coords":{"latitude":0.90603,
"longitude":108.98724,"accuracy":4.5,"speed":10.0,"heading":271.5,"altitude":12.0},"is_moving":true,
"odometer":1234,"event":"motionchange","battery":{"level":0.87,"is_charging":true},
"activity":{"type":"in_vehicle"}},"device_id":"tok-123"}"""


def form(query: str) -> dict[str, str]:
    return dict(parse_qsl(query, keep_blank_values=True))


def test_form_of_the_android_client() -> None:
    phone = parse_form(form(ANDROID))
    assert phone.token == "tok-123"
    assert phone.report.recorded_at == datetime(2025, 11, 23, 9, 30, tzinfo=UTC)
    assert (phone.report.lon, phone.report.lat) == (108.98724, 0.90603)
    assert phone.report.speed_kph == 18.52
    assert phone.report.heading_deg == 271.5
    assert phone.report.accuracy_m == 4.5
    assert phone.report.battery_percent == 87
    assert (phone.altitude_m, phone.charging) == (12.0, True)


def test_json_of_client_9_gives_metres_a_second_and_a_battery_from_0_to_1() -> None:
    phone = parse_json(CLIENT_9)
    assert phone.token == "tok-123"
    assert phone.report.recorded_at == datetime(2025, 11, 23, 9, 30, 0, 250_000, tzinfo=UTC)
    assert (phone.report.lon, phone.report.lat) == (108.98724, 0.90603)
    assert phone.report.speed_kph == 36.0
    assert phone.report.battery_percent == 87
    assert (phone.altitude_m, phone.charging) == (12.0, True)


@pytest.mark.parametrize(
    "stamp",
    [
        "1763890200",
        "1763890200000",
        "2025-11-23T16:30:00+07:00",
        "2025-11-23T09:30:00Z",
        "2025-11-23 09:30:00",
        "1763890200.0",
    ],
)
def test_every_way_to_write_one_moment(stamp: str) -> None:
    phone = parse_form({"id": "t", "lat": "1", "lon": "2", "timestamp": stamp})
    assert phone.report.recorded_at == datetime(2025, 11, 23, 9, 30, tzinfo=UTC)


def test_a_phone_without_clock_leaves_the_time_to_us() -> None:
    assert parse_form({"id": "t", "lat": "1", "lon": "2"}).report.recorded_at is None


def test_unknown_is_minus_one_and_becomes_nothing() -> None:
    phone = parse_json(
        '{"device_id":"t","location":{"timestamp":"2025-11-23T09:30:00Z","coords":{"latitude":1,'
        '"longitude":2,"accuracy":-1,"speed":-1,"heading":-1},"battery":{"level":-1}}}'
    )
    report = phone.report
    assert (report.speed_kph, report.heading_deg, report.accuracy_m) == (None, None, None)
    assert report.battery_percent is None


def test_hdop_stands_in_for_accuracy_and_location_for_lat_lon() -> None:
    phone = parse_form({"deviceid": "t", "location": "0.9,108.9", "hdop": "1.2"})
    assert phone.report.accuracy_m == pytest.approx(6.0)
    assert (phone.report.lon, phone.report.lat) == (108.9, 0.9)


@pytest.mark.parametrize(
    ("change", "refusal", "field"),
    [
        ({"id": ""}, PhoneFieldMissing, "id"),
        ({"lat": ""}, PhoneFieldMissing, "lat"),
        ({"lon": "east"}, PhoneNumberUnreadable, "lon"),
        ({"lon": "nan"}, PhoneNumberUnreadable, "lon"),
        ({"lat": "108.98", "lon": "0.9"}, PhonePlaceImpossible, "lat"),
        ({"timestamp": "yesterday"}, PhoneTimeUnreadable, "timestamp"),
        ({"timestamp": "9" * 40}, PhoneTimeUnreadable, "timestamp"),
        ({"speed": "fast"}, PhoneNumberUnreadable, "speed"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(
    change: dict[str, str], refusal: type[BadInput], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        parse_form(form(ANDROID) | change)
    assert caught.value.field == field
    assert field in caught.value.sentence()


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"device_id":"t"}', '{"device_id":"t","location":{"coords":[1,2]}}'],
)
def test_a_body_of_another_shape_is_refused(body: str) -> None:
    with pytest.raises(PhoneBodyUnreadable):
        parse_json(body)


@given(knots=st.floats(min_value=0, max_value=500))
def test_knots_become_kilometres_exactly(knots: float) -> None:
    phone = parse_form({"id": "t", "lat": "1", "lon": "2", "speed": repr(knots)})
    assert phone.report.speed_kph == knots * 1.852


@given(
    fields=st.dictionaries(
        st.sampled_from(["id", "lat", "lon", "timestamp", "speed", "bearing", "batt", "hdop"]),
        st.text(max_size=12),
    )
)
def test_whatever_is_sent_is_read_or_refused_by_name(fields: dict[str, str]) -> None:
    try:
        phone = parse_form(fields)
    except BadInput as refusal:
        assert refusal.field
    else:
        assert -180 <= phone.report.lon <= 180
