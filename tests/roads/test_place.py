"""The online import, against a local server that answers as OpenStreetMap's servers do."""

import json
import socket
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import osmnx
import pytest

from gis_dispatch.domain.network import Network
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.roads.read_place import PlaceSource
from gis_dispatch.roads.refusals import MapServerSilent, PlaceNotFound, RoadFileEmpty
from gis_dispatch.roads.sources import read_network, read_roads
from tests.roads.conftest import TOWN
from tests.roads.osm_server import OsmServer, place, running

BOX = place(108.975, 0.895, 108.99, 0.905)


def elements_of(osm: str, *, named: bool) -> bytes:
    """An OSM file as the Overpass answer to one of our two questions."""
    elements: list[dict[str, Any]] = []
    for thing in ET.fromstring(osm):
        tags = {tag.get("k"): tag.get("v") for tag in thing.iter("tag")}
        element: dict[str, Any] = {"type": thing.tag, "id": int(thing.get("id", "0"))}
        if thing.tag == "node":
            element |= {"lat": float(thing.get("lat", "0")), "lon": float(thing.get("lon", "0"))}
        else:
            element["nodes"] = [int(node.get("ref", "0")) for node in thing.iter("nd")]
        if tags:
            element["tags"] = tags
        wanted = "amenity" in tags if named else "highway" in tags or thing.tag == "node"
        if wanted:
            elements.append(element)
    return json.dumps({"version": 0.6, "elements": elements}).encode()


def survey(server: OsmServer, name: str = "Kota, Indonesia") -> Survey:
    return PlaceSource(name, f"{server.url}/api", server.url).read(lambda *_: None)


def town(**changes: Any) -> OsmServer:
    answers = {
        "places": [BOX],
        "roads": elements_of(TOWN, named=False),
        "marks": elements_of(TOWN, named=True),
    }
    return OsmServer(**(answers | changes))


def test_a_place_is_the_same_network_as_its_file(town_file: Path) -> None:
    from_file = read_network(town_file)
    with running(town()) as server:
        found = survey(server)
    network = found.network
    assert network.junction_count == from_file.junction_count
    assert _edges(network) == _edges(from_file)
    assert [station.name for station in found.stations] == ["Pos Damkar Tengah"]
    assert found.stations[0].osm_id == "node/20"
    assert {mark.name for mark in found.landmarks} == {"Pos Damkar Tengah", "Masjid Raya"}


@pytest.mark.parametrize("kind", ["footway", "cycleway", "bridleway"])
def test_a_path_that_lets_motor_vehicles_in_is_a_road_of_a_place_too(
    kind: str, tmp_path: Path
) -> None:
    lane = f'v="{kind}"/><tag k="motorcycle" v="permissive"/><tag k="name" v="Gang Kenanga"'
    osm = TOWN.replace('v="path"/><tag k="name" v="Gang Kenanga"', lane)
    (tmp_path / "town.osm").write_text(osm)
    everything = json.loads(elements_of(osm, named=False))["elements"]
    paths = [one for one in everything if one.get("tags", {}).get("highway") == kind]
    roads = [one for one in everything if one not in paths]
    nodes = [one for one in everything if one["type"] == "node"]
    answers = [json.dumps({"elements": found}).encode() for found in (roads, paths + nodes)]
    with running(town(roads=answers[0], paths=answers[1])) as server:
        network = survey(server).network
    assert kind in network.road_class
    assert _edges(network) == _edges(read_network(tmp_path / "town.osm"))


def _edges(network: Any) -> set[Any]:
    return {
        (
            tuple(network.lines[edge][0]),
            tuple(network.lines[edge][-1]),
            len(network.lines[edge]),
            network.name[edge],
            network.road_class[edge],
            int(network.way_id[edge]),
            round(float(network.length_m[edge]), 3),
            float(network.speed_kph[edge]),
        )
        for edge in range(network.edge_count)
    }


SIGNED = TOWN.replace(
    '<node id="7" lat="0.9010" lon="108.9840"/>',
    '<node id="7" lat="0.9010" lon="108.9840"><tag k="barrier" v="bollard"/></node>',
)


def signs(*relations: dict[str, Any], **more: Any) -> bytes:
    elements = [{"type": "relation", "id": n} | one for n, one in enumerate(relations, start=1)]
    return json.dumps({"version": 0.6, "elements": elements, **more}).encode()


def sign(kind: str, from_way: int, via: int, to_way: int) -> dict[str, Any]:
    members = [("way", from_way, "from"), ("node", via, "via"), ("way", to_way, "to")]
    return {
        "tags": {"type": "restriction", "restriction": kind},
        "members": [{"type": what, "ref": ref, "role": role} for what, ref, role in members],
    }


def as_relations(*relations: dict[str, Any]) -> str:
    """The same relations as they stand in a file."""
    text = ""
    for number, one in enumerate(relations, start=1):
        members = "".join(
            f'<member type="{m["type"]}" ref="{m["ref"]}" role="{m["role"]}"/>'
            for m in one["members"]
        )
        tags = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in one["tags"].items())
        text += f'<relation id="{number}">{members}{tags}</relation>'
    return text


RELATIONS = (
    sign("no_left_turn", 100, 2, 103),
    sign("only_left_turn", 103, 5, 101),
    sign("no_u_turn", 104, 7, 104),
    sign("no_left_turn", 100, 2, 999),
)


def _bans(network: Network) -> list[Any]:
    def ends(edge: int) -> Any:
        return tuple(network.lines[edge][0]), tuple(network.lines[edge][-1])

    return sorted((tuple(map(ends, ban.edges)), json.dumps(ban.rule)) for ban in network.turn_bans)


def test_a_place_has_the_same_signs_and_barriers_as_its_file(tmp_path: Path) -> None:
    file = tmp_path / "signed.osm"
    file.write_text(SIGNED.replace("</osm>", as_relations(*RELATIONS) + "</osm>"))
    from_file = read_roads(file)
    roads = elements_of(SIGNED, named=False)
    with running(town(roads=roads, signs=signs(*RELATIONS))) as server:
        found = survey(server)
    assert _edges(found.network) == _edges(from_file.network)
    assert _bans(found.network) == _bans(from_file.network)
    assert len(found.network.turn_bans) == 8
    assert found.findings == from_file.findings
    assert found.findings.skipped == {"restriction_off_road": 1}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"signs_status": 504}, "504"),
        ({"signs_status": 400}, "400"),
        ({"signs": signs(remark="runtime error: Query timed out")}, "timed out"),
        ({"signs": b"<html>busy</html>"}, ""),
    ],
)
def test_roads_without_restrictions_are_imported_and_it_is_said(
    answer: dict[str, Any], told: str
) -> None:
    roads = elements_of(SIGNED, named=False)
    with running(town(roads=roads, **answer)) as server:
        found = survey(server)
    findings = found.findings
    assert findings.lacks == ("turn_restrictions",)
    assert findings.problem
    assert told in findings.problem
    assert findings.barriers == 1
    assert [ban.rule for ban in found.network.turn_bans] == [{"barrier": "bollard"}] * 2
    sentence = next(one for one in findings.sentences(found.network) if "not in this source" in one)
    assert findings.problem in sentence


def test_roads_beyond_the_boundary_are_asked_for_too() -> None:
    with running(town()) as server:
        survey(server)
    roads = next(query for query in server.asked if 'way["highway"]' in query)
    latitudes = [float(number) for number in roads.split("poly:")[1].strip("(');>out").split()[::2]]
    assert min(latitudes) < 0.895 - 0.02
    assert max(latitudes) > 0.905 + 0.02


def test_settings_of_osmnx_and_of_the_process_are_put_back() -> None:
    before = dict(vars(osmnx.settings))
    resolver = socket.getaddrinfo
    with running(town()) as server:
        survey(server)
    assert dict(vars(osmnx.settings)) == before
    assert socket.getaddrinfo is resolver


def test_a_place_nobody_knows_is_refused() -> None:
    with running(town(places=[])) as server, pytest.raises(PlaceNotFound, match="Atlantis"):
        survey(server, "Atlantis")


def test_a_place_without_roads_is_refused() -> None:
    with running(town(roads=b'{"elements": []}')) as server, pytest.raises(RoadFileEmpty):
        survey(server)


def test_a_server_that_is_not_there_is_named_within_seconds() -> None:
    source = PlaceSource("Kota", "http://127.0.0.1:9/api", "http://127.0.0.1:9", 1)
    with pytest.raises(MapServerSilent, match=r"127\.0\.0\.1"):
        source.read(lambda *_: None)


def test_a_busy_server_is_not_waited_for() -> None:
    with running(town(status=504)) as server, pytest.raises(MapServerSilent, match="504"):
        survey(server)


def test_an_answer_cut_short_is_not_imported() -> None:
    whole = json.loads(elements_of(TOWN, named=False))
    whole["remark"] = 'runtime error: Query timed out in "query" at line 1 after 25 seconds.'
    with (
        running(town(roads=json.dumps(whole).encode())) as server,
        pytest.raises(MapServerSilent, match="timed out"),
    ):
        survey(server)


def test_a_real_answer_of_overpass(data_folder: Path) -> None:
    answer = (data_folder / "balikpapan" / "overpass_balikpapan_kota.json").read_bytes()
    box = place(116.80, -1.30, 116.92, -1.20)
    with running(OsmServer([box], roads=answer)) as server:
        network = survey(server).network
    assert 1500 < network.junction_count < 2500
    assert network.edge_count > 3000
    assert any(name and "Jalan" in name for name in network.name)
