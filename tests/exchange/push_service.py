"""A push service on this machine, and the browser behind it: it can read what was sent."""

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

import http_ece
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class PushService(HTTPServer):
    """Stands for the browser's push service, and for the browser: it holds the private key."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Push)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.statuses: list[int] = []
        self.told: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/device-1"

    @property
    def p256dh(self) -> str:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return encoded(point)


class _Push(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = cast(PushService, self.server)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = server.statuses.pop(0) if server.statuses else 201
        server.headers.append({k.lower(): v for k, v in self.headers.items()})
        if status < 300:
            clear = http_ece.decrypt(
                body, private_key=server.key, auth_secret=server.auth, version="aes128gcm"
            )
            server.told.append(json.loads(clear))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def push_service() -> Iterator[PushService]:
    server = PushService()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()
