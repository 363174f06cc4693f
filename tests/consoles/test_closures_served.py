"""A closure counts at once: every ranking asked for after its commit, by every process."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from gis_dispatch.domain.people import Actor
from gis_dispatch.roads.opening import open_roads
from gis_dispatch.roads.sources import FileSource
from gis_dispatch.services.import_roads import import_roads
from gis_dispatch.store.networks import PostgresNetworks
from tests.consoles.serving import served
from tests.consoles.town import PLACE, Town

# Code is compiled once for all tests, and before anybody imports numba.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[2] / ".local" / "numba"))

ROUNDS = 4
STATION = (108.99, 0.90)
CORNERS = {"south": (PLACE["lon"], STATION[1]), "north": (STATION[0], PLACE["lat"])}
"""From the station to the place there are two ways around a block, one by each corner."""


def block(path: Path) -> Path:
    """One block of streets with the station and the place at opposite corners."""
    places = [STATION, CORNERS["south"], (PLACE["lon"], PLACE["lat"]), CORNERS["north"]]
    nodes = [
        f'<node id="{id}" lon="{lon}" lat="{lat}"/>' for id, (lon, lat) in enumerate(places, 1)
    ]
    way = "".join(f'<nd ref="{id}"/>' for id in (1, 2, 3, 4, 1))
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><osm version="0.6">'
        f'{"".join(nodes)}<way id="9">{way}<tag k="highway" v="residential"/></way></osm>',
        encoding="utf-8",
    )
    return path


class Answer(NamedTuple):
    """One ranking: when it was asked for, and by which corner the unit at the station goes."""

    asked: float
    corner: str
    avoids: list[int]


class Desk:
    """Somebody who asks one process again and again."""

    def __init__(self, address: str, token: str) -> None:
        bearer = {"Authorization": f"Bearer {token}"}
        self.client = httpx.Client(base_url=f"{address}/api/v1", headers=bearer, timeout=60)

    def post(self, path: str, body: Any) -> Any:
        answer = self.client.post(path, json=body)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def ranking(self, incident: int) -> Answer:
        asked = time.monotonic()
        answer = self.client.get(f"/incidents/{incident}/ranking")
        assert answer.status_code == 200, answer.text
        unit = next(line for line in answer.json()["ranked"] if line["unit"]["id"] == 1)
        way = unit["route"]["coordinates"]
        [corner] = [name for name, at in CORNERS.items() if by(way, at)]
        return Answer(asked, corner, [cost["closure_id"] for cost in unit["closures_avoided"]])

    def go_on(self, incident: int, stop: threading.Event, answers: list[Answer]) -> None:
        while not stop.is_set():
            answers.append(self.ranking(incident))


def by(way: list[list[float]], corner: tuple[float, float]) -> bool:
    """Whether a way turns at this corner."""
    return any(abs(lon - corner[0]) + abs(lat - corner[1]) < 1e-5 for lon, lat in way)


def flood(corner: str) -> dict[str, Any]:
    """Water on one corner of the block."""
    lon, lat = CORNERS[corner]
    near, far = 2e-4, -2e-4
    ring = [(lon + x, lat + y) for x, y in ((far, far), (near, far), (near, near), (far, near))]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "properties": {"effect": "closed", "reason": "banjir"},
    }


@pytest.fixture
def desks(town: Town, tmp_path: Path) -> Iterator[list[Desk]]:
    """Two web servers of one process each, and two desks that ask each of them."""
    networks = PostgresNetworks(town.store)
    roads: Any = open_roads(town.app.extensions["settings"].home, networks)
    import_roads(
        replace(town.house, roads=roads),
        Actor(None, "test", "administrator", source="import"),
        FileSource(block(tmp_path / "block.osm"), "Block"),
        networks=networks,
        engine=roads,
        progress=lambda *_: None,
    )
    token = town.token("operator")
    with ExitStack() as stack:
        addresses = [stack.enter_context(served(town, workers=1)) for _ in range(2)]
        made = [Desk(address, token) for address in addresses * 2]
        for desk in made:
            stack.enter_context(desk.client)
        yield made


def test_no_process_ranks_by_a_road_that_was_closed_before_it_was_asked(desks: list[Desk]) -> None:
    incident = desks[0].post("/incidents", {"kind": "kebakaran", **PLACE, "verified": True})["id"]
    for number in range(ROUNDS):
        teller, answers, stop = desks[number % 2], list[Answer](), threading.Event()
        before = teller.ranking(incident).corner
        threads = [
            threading.Thread(target=desk.go_on, args=(incident, stop, answers))
            for desk in desks[2:]
        ]
        for thread in threads:
            thread.start()
        closure = teller.post("/closures", flood(before))["id"]
        committed = time.monotonic()
        at_once = [desk.ranking(incident) for desk in desks[:2]]
        stop.set()
        for thread in threads:
            thread.join()
        after = at_once + [answer for answer in answers if answer.asked >= committed]
        assert [answer for answer in after if answer.corner == before] == []
        assert all(answer.avoids in ([], [closure]) for answer in after)
        teller.post(f"/closures/{closure}/lift", {})
        assert {desk.ranking(incident).corner for desk in desks[:2]} == {before}
