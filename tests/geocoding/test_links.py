"""Map links give the place they mark, not the view around it."""

import pytest

from gis_dispatch.geocoding.links import linked_coordinates
from gis_dispatch.geocoding.refusals import CoordinatesImpossible, ShortLinkUnreadable


@pytest.mark.parametrize(
    "text",
    [
        "geo:0.906,108.987",
        "geo:0.906,108.987;u=35",
        "geo:0,0?q=0.906,108.987(Pasar)",
        "https://www.google.com/maps?q=0.906,108.987",
        "https://maps.google.com/?q=loc:0.906,108.987&z=15",
        "https://www.google.com/maps/search/?api=1&query=0.906%2C108.987",
        "https://www.google.com/maps/@0.906,108.987,17z",
        "https://www.google.com/maps/place/Pasar/@0.8,108.8,17z/data=!3m1!4b1!3d0.906!4d108.987",
        "https://www.google.com/maps/search/0.906,+108.987",
        "https://www.openstreetmap.org/?mlat=0.906&mlon=108.987#map=17/0.8/108.8",
        "https://www.openstreetmap.org/#map=17/0.906/108.987",
        "https://osmand.net/map?pin=0.906,108.987#15/0.8/108.8",
        "https://maps.apple.com/?ll=0.906,108.987",
        "https://waze.com/ul?ll=0.906,108.987&navigate=yes",
        "Tolong pak, di sini: https://maps.google.com/?q=0.906,108.987.",
    ],
)
def test_a_link_names_its_place(text: str) -> None:
    assert linked_coordinates(text) == (108.987, 0.906)


def test_a_text_without_a_link_is_something_else() -> None:
    assert linked_coordinates("Jalan Diponegoro") is None


def test_a_short_link_is_refused_with_what_to_do() -> None:
    with pytest.raises(ShortLinkUnreadable, match="long link"):
        linked_coordinates("https://maps.app.goo.gl/abcDEF123")


def test_a_link_off_the_earth_is_refused() -> None:
    with pytest.raises(CoordinatesImpossible):
        linked_coordinates("geo:108.987,0.906")
