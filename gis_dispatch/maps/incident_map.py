"""One HTML file with a period's incidents, to be taken along: it asks nothing of any network."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import folium
from branca.element import Figure, MacroElement
from folium.plugins import HeatMap, MarkerCluster
from jinja2 import Template

from gis_dispatch import assets
from gis_dispatch.errors import _
from gis_dispatch.maps.inlined import Verbatim, inline_script, inline_style

Row = Mapping[str, Any]
Say = Callable[[str], str]

CLUSTER = "leaflet.markercluster"
SCRIPTS = (
    ("leaflet", "dist/leaflet.js"),
    ("leaflet.heat", "dist/leaflet-heat.js"),
    (CLUSTER, "dist/leaflet.markercluster.js"),
)
STYLES = (
    ("leaflet", "dist/leaflet.css"),
    (CLUSTER, "dist/MarkerCluster.css"),
    (CLUSTER, "dist/MarkerCluster.Default.css"),
)
OWN_STYLE = "static/css/incident-map.css"
BIG_ROADS = frozenset({"motorway", "trunk", "primary"})
DRAWN_DARK = BIG_ROADS | {"secondary", "tertiary"}


@dataclass(frozen=True, slots=True)
class Band:
    """How a total response is coloured, and what that means."""

    colour: str
    words: str
    below: float | None
    """In targets; None is the last of those measured."""


BANDS = (
    Band("#0f7d50", _("within {minutes} minutes"), 1.0),
    Band("#e08a00", _("up to twice as long"), 2.0),
    Band("#c8251d", _("longer still"), None),
)
UNMEASURED = Band("#6d7f8d", _("no arrival recorded"), None)


@dataclass(frozen=True, slots=True)
class Heading:
    """What the legend says above the colours."""

    title: str
    period: str
    sample: str | None
    attribution: str
    target_s: int


class Attribution(MacroElement):
    """Whose roads are drawn; without Leaflet's own line, which links to its site."""

    _template = Template(
        """{% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.attributionControl.setPrefix(false)
            .addAttribution({{ this.words | tojson }});
        {% endmacro %}"""
    )

    def __init__(self, words: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's elements are partly typed
        self._name = "Attribution"
        self.words = escape(words)


def band_of(total_response_s: float | None, target_s: int) -> Band:
    """The colour of one incident."""
    if total_response_s is None or total_response_s < 0:
        return UNMEASURED
    for band in BANDS:
        if band.below is None or total_response_s <= band.below * target_s:
            return band
    raise AssertionError("the last band takes the rest")


def incident_map(incidents: Sequence[Row], roads: Iterable[Row], heading: Heading, say: Say) -> str:
    """The page. Incidents are dicts with lon, lat, total_response_s and `lines` to show."""
    page = folium.Map(location=_middle(incidents), zoom_start=13, tiles=None, prefer_canvas=True)
    # A cluster asks the map for its last zoom; without tiles nothing else says it.
    page.options["max_zoom"] = 19
    page.default_js, page.default_css = [], []
    root = cast(Figure, page.get_root())
    _dress(root)
    _roads_layer(roads, say).add_to(page)
    if incidents:
        _heat_layer(incidents, say).add_to(page)
        _incident_layer(incidents, heading.target_s, say).add_to(page)
        places = [(row["lat"], row["lon"]) for row in incidents]
        page.fit_bounds([list(map(min, *places, places[0])), list(map(max, *places, places[0]))])
    folium.LayerControl(collapsed=False).add_to(page)
    Attribution(heading.attribution).add_to(page)
    root.html.add_child(Verbatim(_legend(heading, len(incidents), say)))
    made: str = root.render()
    return made


def _dress(root: Figure) -> None:
    for package, file in STYLES:
        root.header.add_child(inline_style(package, file))
    own = (assets.folder("web") / OWN_STYLE).read_text(encoding="utf-8")
    root.header.add_child(Verbatim(f"<style>{own}</style>"))
    for package, file in SCRIPTS:
        root.header.add_child(inline_script(package, file))


def _middle(incidents: Sequence[Row]) -> tuple[float, float]:
    if not incidents:
        return (0.906, 108.987)
    count = len(incidents)
    return (
        sum(row["lat"] for row in incidents) / count,
        sum(row["lon"] for row in incidents) / count,
    )


def _roads_layer(roads: Iterable[Row], say: Say) -> folium.GeoJson:
    features = [
        {"type": "Feature", "properties": {"class": row["class"]}, "geometry": row["geometry"]}
        for row in roads
    ]
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=say(_("Roads")),
        interactive=False,
        style_function=lambda feature: {
            "color": "#a89f92" if feature["properties"]["class"] in DRAWN_DARK else "#cdc6b9",
            "weight": 3
            if feature["properties"]["class"] in {"motorway", "trunk", "primary"}
            else 1.5,
        },
    )


def _heat_layer(incidents: Sequence[Row], say: Say) -> HeatMap:
    layer = HeatMap(  # type: ignore[no-untyped-call]  # folium's plugins have no types
        [[row["lat"], row["lon"]] for row in incidents],
        name=say(_("Heat")),
        radius=28,
        blur=22,
        min_opacity=0.25,
        show=False,
    )
    layer.default_js = []
    return layer


def _incident_layer(incidents: Sequence[Row], target_s: int, say: Say) -> MarkerCluster:
    cluster = MarkerCluster(  # type: ignore[no-untyped-call]  # folium's plugins have no types
        name=say(_("Incidents")), options={"maxClusterRadius": 46}
    )
    cluster.default_js, cluster.default_css = [], []
    for row in incidents:
        band = band_of(row["total_response_s"], target_s)
        words = "<br>".join(escape(line) for line in row["lines"])
        folium.CircleMarker(
            (row["lat"], row["lon"]),
            radius=9,
            color="#ffffff",
            weight=2,
            fill=True,
            fill_color=band.colour,
            fill_opacity=0.95,
            tooltip=folium.Tooltip(words),
        ).add_to(cluster)
    return cluster


def _legend(heading: Heading, count: int, say: Say) -> str:
    minutes = heading.target_s // 60
    lines = "".join(
        f'<li><i style="background:{band.colour}"></i>'
        f"{escape(say(band.words).format(minutes=minutes))}</li>"
        for band in (*BANDS, UNMEASURED)
    )
    sample = f'<p class="sample">{escape(heading.sample)}</p>' if heading.sample else ""
    counted = say(_("{count} incidents")).format(count=count)
    return (
        f'<aside class="legend"><h1>{escape(heading.title)}</h1>{sample}'
        f"<p>{escape(heading.period)} · {escape(counted)}</p>"
        f"<strong>{escape(say(_('Total response')))}</strong><ul>{lines}</ul></aside>"
    )
