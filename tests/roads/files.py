"""Writes small road files for tests."""

import json
from pathlib import Path
from typing import Any

import osmium

# No left turn 2 → 5, only straight on at 2, a bollard at 7, and what cannot be used.
_SIGNS = """
  <node id="7" lat="0.9010" lon="108.9840"><tag k="barrier" v="bollard"/></node>
  <way id="106"><nd ref="1"/><nd ref="99"/><tag k="highway" v="residential"/></way>
  <relation id="1"><member type="way" ref="100" role="from"/>
    <member type="node" ref="2" role="via"/><member type="way" ref="103" role="to"/>
    <tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/>
    <tag k="except" v="emergency"/></relation>
  <relation id="2"><member type="way" ref="103" role="from"/>
    <member type="node" ref="5" role="via"/><member type="way" ref="101" role="to"/>
    <tag k="type" v="restriction"/><tag k="restriction:hgv" v="only_left_turn"/></relation>
  <relation id="3"><member type="way" ref="100" role="from"/>
    <member type="node" ref="2" role="via"/><member type="way" ref="103" role="to"/>
    <tag k="type" v="restriction"/>
    <tag k="restriction:conditional" v="no_left_turn @ (Mo-Fr)"/></relation>
  <relation id="4"><member type="way" ref="100" role="from"/>
    <member type="node" ref="2" role="via"/><member type="way" ref="555" role="to"/>
    <tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>
</osm>"""


def signed_town(town: str) -> str:
    """The small town with four turn bans: two of a bollard, two of signs."""
    return town.replace("</osm>", _SIGNS)


def as_pbf(source: Path, target: Path) -> None:
    with osmium.SimpleWriter(str(target)) as writer:
        for thing in osmium.FileProcessor(source):
            writer.add(thing)


def feature(coordinates: Any, kind: str = "LineString", **tags: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": "way/77",
        "properties": {"highway": "primary", **tags},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(path: Path, *features: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, indent=1))
    return path
