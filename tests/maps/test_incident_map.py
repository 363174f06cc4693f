"""The map that is taken along is one file: nothing in it asks anything of any host."""

import re

import pytest

from gis_dispatch.maps.incident_map import BANDS, UNMEASURED, Heading, band_of, incident_map
from gis_dispatch.maps.inlined import inline_script, inline_style
from tests.consoles.town import Town

HEADING = Heading("SIGAP 112", "October", "Simulated", "© OpenStreetMap contributors", 900)
INCIDENTS = [
    {"lon": 108.98, "lat": 0.9, "total_response_s": 600.0, "lines": ["20261001-0001", "<b>&"]},
    {"lon": 108.99, "lat": 0.91, "total_response_s": None, "lines": ["20261001-0002"]},
]
LINE = {"type": "LineString", "coordinates": [[108.98, 0.9], [108.99, 0.9]]}
LOADED = re.compile(
    r"""url\(\s*["']?(?!data:|\#)|@import|<link|<iframe|<img|\ssrc=""", re.IGNORECASE
)


def page(incidents: list[dict[str, object]]) -> str:
    """The page in English."""
    return incident_map(incidents, [{"class": "primary", "geometry": LINE}], HEADING, str)


@pytest.mark.parametrize("incidents", [INCIDENTS, []])
def test_nothing_is_loaded_from_elsewhere(incidents: list[dict[str, object]]) -> None:
    """Outside the text of its scripts, no element and no style names another file."""
    made = page(incidents)
    without_scripts = re.sub(r"<script>.*?</script>", "", made, flags=re.DOTALL)
    assert LOADED.findall(without_scripts) == []
    assert not re.search(r"<script[^>]+src=", made)
    assert "sourceMappingURL" not in made


def test_it_shows_incidents_legend_and_whose_roads(crossroads: Town) -> None:
    """Numbers, the colours' meaning, the mark of the sample, the attribution; text is escaped."""
    made = page(INCIDENTS)
    for words in (
        "20261001-0001",
        "within 15 minutes",
        "Simulated",
        "2 incidents",
        "markerCluster",
    ):
        assert words in made
    assert "&lt;b&gt;&amp;" in made
    assert "OpenStreetMap contributors" in made
    answer = crossroads.signed_in("planner").get("/maps/incidents.html")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "SIGAP 112" in answer.text


def test_colours_follow_the_target() -> None:
    """On time, up to twice as long, longer; without an arrival none of them."""
    assert [band_of(s, 900) for s in (900.0, 901.0, 1801.0)] == list(BANDS)
    assert band_of(None, 900) is UNMEASURED


def test_images_of_a_style_are_inside_it() -> None:
    """Leaflet's own style names three pictures."""
    style = inline_style("leaflet", "dist/leaflet.css").render()
    assert style.count("url(data:image/png;base64,") >= 2
    assert "</script" not in inline_script("leaflet", "dist/leaflet.js").render()[8:-9]
