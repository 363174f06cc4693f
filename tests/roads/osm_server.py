"""A stand-in for Nominatim and Overpass on a local port, that answers with what it is given."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class OsmServer:
    """What it answers, and what it was asked."""

    places: list[dict[str, Any]]
    roads: bytes
    marks: bytes = b'{"elements": []}'
    signs: bytes = b'{"elements": []}'
    paths: bytes = b'{"elements": []}'
    """Ways for feet and bicycles on which motor vehicles are let in."""
    status: int = 200
    signs_status: int = 200
    asked: list[str] = field(default_factory=list)
    url: str = ""


def place(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A boundary as Nominatim tells it."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "place_id": 1,
        "osm_type": "relation",
        "osm_id": 1,
        "lat": str((south + north) / 2),
        "lon": str((west + east) / 2),
        "class": "boundary",
        "type": "administrative",
        "place_rank": 12,
        "importance": 0.5,
        "addresstype": "city",
        "name": "Kota",
        "display_name": "Kota, Indonesia",
        "boundingbox": [str(south), str(north), str(west), str(east)],
        "geojson": {"type": "Polygon", "coordinates": [ring]},
    }


@contextmanager
def running(server: OsmServer) -> Iterator[OsmServer]:
    """Serve it for as long as the test takes."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            self._answer(json.dumps(server.places).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["data"][0]
            server.asked.append(query)
            if 'relation["type"="restriction"]' in query:
                self._answer(server.signs, server.signs_status)
            elif 'way["highway"~"^(footway|' in query:
                self._answer(server.paths)
            else:
                self._answer(server.roads if 'way["highway"]' in query else server.marks)

        def _answer(self, body: bytes, status: int = 200) -> None:
            self.send_response(max(status, server.status))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_port}"
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
