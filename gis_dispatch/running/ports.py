"""Is the address free before we start anything, and does somebody answer there afterwards."""

import errno
import http.client
import socket
import time
from collections.abc import Callable

from gis_dispatch.running.refusals import AddressUnusable, PortInUse
from gis_dispatch.settings import Settings

ANSWER_WITHIN_S = 90
LOOK_EVERY_S = 0.1


def require_free(settings: Settings) -> None:
    """Refuse with a sentence when nobody can listen there."""
    try:
        found = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        family, kind, protocol, _name, where = found[0]
        with socket.socket(family, kind, protocol) as probe:
            # As the server does: connections that are just ending do not count as a listener.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(host=settings.host, port=settings.port) from error
        reason = error.strerror or str(error)
        raise AddressUnusable(host=settings.host, port=settings.port, reason=reason) from error


def wait_for_answer(settings: Settings, still_alive: Callable[[], bool]) -> bool:
    """Whether the server answers at all; what it answers is for /healthz to say."""
    give_up = time.monotonic() + ANSWER_WITHIN_S
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    while time.monotonic() < give_up and still_alive():
        connection = http.client.HTTPConnection(host, settings.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            time.sleep(LOOK_EVERY_S)
        else:
            return True
        finally:
            connection.close()
    return False
