"""The door that phones knock on every few seconds, beside Flask, which alone costs more.

No session, no language, no forgery token: a phone has none of them. It only lets in what is in
order; whatever is not goes on to Flask, which says it as it says everything.
"""

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Request

from gis_dispatch.consoles.json import dumps
from gis_dispatch.consoles.security import HEADERS
from gis_dispatch.errors import TooLarge, TooOften
from gis_dispatch.exchange.osmand import PhoneReport, parse_form, parse_json
from gis_dispatch.services.track_together import Together

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = "/phones/osmand"
PROBLEM = "gis_dispatch.phone_problem"
"""Where the door leaves what Flask is to say."""
LARGEST_KB = 64
ANSWER = [
    ("Content-Type", "application/json"),
    ("Cache-Control", "no-store"),
    *HEADERS.items(),
]


class PhoneTooOften(TooOften):
    """This phone reports more than {most} times a second. Try again in {retry_after_s} s."""


class PhoneRequest(Request):
    """A request as Werkzeug reads it, of a phone's size."""

    max_content_length = LARGEST_KB * 1024
    max_form_memory_size = LARGEST_KB * 1024


class Counting:
    """How often each phone has reported within this second, in this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._second = 0
        self._counts: dict[str, int] = {}
        self.refused = 0

    def count(self, token: str) -> None:
        """One more; too many are refused."""
        second = int(time.monotonic())
        if second != self._second:
            self._second, self._counts = second, {}
        count = self._counts[token] = self._counts.get(token, 0) + 1
        if count > self._most:
            self.refused += 1
            raise PhoneTooOften(most=self._most, retry_after_s=1)


class PhoneDoor:
    """In front of the application: takes positions, hands everything else on."""

    def __init__(self, app: "WSGIApplication", together: Together, counting: Counting) -> None:
        self._app, self._together, self._counting = app, together, counting

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """One request."""
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] not in {"GET", "POST"}:
            return self._app(environ, start_response)
        try:
            phone = read_phone(environ)
            self._counting.count(phone.token)
            judgement = self._together.track(phone.token, phone.report)
        except RequestEntityTooLarge:
            environ[PROBLEM] = TooLarge(most_kb=LARGEST_KB)
        except Exception as problem:  # noqa: BLE001 - Flask says it, and logs what is ours
            environ[PROBLEM] = problem
        else:
            flags = list(judgement.flags)
            body = dumps({"kept": judgement.kept, "shown": judgement.shown, "judgement": flags})
            start_response("200 OK", [*ANSWER, ("Content-Length", str(len(body)))])
            return [body]
        return self._app(environ, start_response)


def read_phone(environ: "WSGIEnvironment") -> PhoneReport:
    """What a phone says, in the address, as a form or as JSON."""
    empty = environ.get("CONTENT_LENGTH") in {None, "", "0"}
    if empty and "HTTP_TRANSFER_ENCODING" not in environ:
        # As Traccar Client has it; Werkzeug's reading would cost more than all the rest.
        pairs = parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)
        return parse_form(dict(reversed(pairs)))  # of two with one name the first counts
    request = PhoneRequest(environ)
    body = request.get_data()
    # Some clients send JSON without saying so.
    if request.is_json or body.lstrip().startswith(b"{"):
        return parse_json(body)
    return parse_form(request.values.to_dict())
