"""Ways to the API: inside this process, or over the wire to a server that may be killed."""

from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any, Protocol

import httpx
from flask import Flask

from tests.laws.asking import Answer

COOKIE = "gis_dispatch"
WAIT = dict.fromkeys(("connect", "read", "write", "pool"), 60.0)
"""Seconds. Longer than a killed server is away: what waits for it may still be done."""


@dataclass
class Person:
    """Somebody who is signed in; both outlive the web process."""

    cookie: str
    csrf: str


class Door(Protocol):
    """Somewhere to send requests."""

    def send(self, method: str, path: str, **options: Any) -> httpx.Response: ...


class Inside:
    """The application in this process."""

    def __init__(self, app: Flask) -> None:
        self._transport = httpx.WSGITransport(app=app.wsgi_app, raise_app_exceptions=False)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return _sent(self._transport, "http://127.0.0.1", method, path, options)


class Wire:
    """A server that answers at an address, mostly."""

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A connection of its own each time: one that a kill broke is not taken for a new one."""
        with httpx.HTTPTransport(verify=False) as transport:
            return _sent(transport, self._address, method, path, options)


def _sent(
    transport: httpx.BaseTransport, base: str, method: str, path: str, options: dict[str, Any]
) -> httpx.Response:
    """Without a client, which would keep the cookies of one person for the next."""
    request = httpx.Request(method, f"{base}{path}", extensions={"timeout": WAIT}, **options)
    answer = transport.handle_request(request)
    answer.read()
    return answer


def sign_in(door: Door, username: str, password: str) -> Person:
    """Through the form, as people do."""
    page = door.send("GET", "/sign-in", headers={"Accept": "text/html"})
    form = {"username": username, "password": password, "csrf_token": _csrf(page)}
    answer = door.send(
        "POST", "/sign-in", data=form, headers={"Accept": "text/html", **_cookie(_set(page))}
    )
    assert answer.status_code == 302, answer.text
    cookie = _set(answer)
    page = door.send("GET", "/no-such-page", headers={"Accept": "text/html", **_cookie(cookie)})
    # The token is made with the first page; the session that knows it is a new cookie.
    return Person(_set(page) or cookie, _csrf(page))


def ask(door: Door, person: Person, method: str, path: str, body: Any) -> Answer:
    """One request to the API; a connection that breaks is an answer that was lost."""
    headers = {"X-CSRFToken": person.csrf, **_cookie(person.cookie)}
    try:
        answer = door.send(method, f"/api/v1{path}", json=body, headers=headers)
    except httpx.TransportError as broken:
        return Answer(0, repr(broken))
    try:
        return Answer(answer.status_code, answer.json())
    except ValueError:
        return Answer(answer.status_code, answer.text)


def _cookie(value: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={value}"}


def _csrf(page: httpx.Response) -> str:
    return page.text.split('name="csrf-token" content="')[1].split('"')[0]


def _set(answer: httpx.Response) -> str:
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return found[COOKIE].value if COOKIE in found else ""
