"""Desks that ask the running platform: signed in, each over a connection that is kept."""

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from bench.ranking_server import Running, serving_pid

API = "/api/v1"
HANGS_UP_AFTER_S = 10.0  # the server does, a little later than this


@dataclass
class Answered:
    """One question: when it was to be asked, was asked and was answered, and what came."""

    path: str
    planned: float
    asked: float
    done: float
    status: int
    body: bytes = field(repr=False)

    @property
    def late_ms(self) -> float:
        """From when it was to be asked: a queue before the server counts too."""
        return (self.done - self.planned) * 1000


class Desk:
    """One signed-in connection."""

    def __init__(self, running: Running, cookie: str, token: str) -> None:
        self._port = running.settings.port
        self._headers = {"Cookie": cookie, "X-CSRFToken": token, "Accept": "application/json"}
        self._connection = http.client.HTTPConnection(
            running.settings.host, self._port, timeout=120
        )
        self._lock = threading.Lock()
        self._connect()

    def _connect(self) -> None:
        self._connection.close()
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = time.perf_counter()

    def _ready(self) -> None:
        if time.perf_counter() - self._used > HANGS_UP_AFTER_S:
            self._connect()
        self._used = time.perf_counter()

    def ask(self, path: str, planned: float | None = None) -> Answered:
        """GET, and everything about it."""
        with self._lock:
            self._ready()
            asked = time.perf_counter()
            self._connection.request("GET", API + path, headers=self._headers)
            answer = self._connection.getresponse()
            body = answer.read()
        done = time.perf_counter()
        return Answered(path, planned or asked, asked, done, answer.status, body)

    def post(self, path: str, body: object) -> Any:
        """POST; what came back, or an error that says so."""
        with self._lock:
            self._ready()
            headers = self._headers | {"Content-Type": "application/json"}
            self._connection.request("POST", API + path, json.dumps(body), headers)
            answer = self._connection.getresponse()
            text = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{path}: {answer.status} {text[:500]!r}")
        return json.loads(text)

    def served_by(self, workers: list[int]) -> int | None:
        """The worker process at the other end."""
        return serving_pid(self._port, self._connection.sock.getsockname()[1], workers)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


def sign_in(running: Running, role: str) -> tuple[str, str]:
    """A cookie and a forgery token of somebody with this role."""
    person = running.person(role)
    connection = http.client.HTTPConnection(running.settings.host, running.settings.port)
    page, cookie = _page(connection, "/sign-in", "")
    form = {"username": person.username, "password": person.password, "csrf_token": _token(page)}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in", urlencode(form), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 302:
        raise RuntimeError(f"nobody signs in as {person.username}: {answer.status} {text[:500]}")
    cookie = _cookie(answer, cookie)
    page, cookie = _page(connection, "/operator", cookie)
    connection.close()
    return cookie, _token(page)


def _page(connection: http.client.HTTPConnection, path: str, cookie: str) -> tuple[str, str]:
    connection.request("GET", path, headers={"Cookie": cookie, "Accept": "text/html"})
    answer = connection.getresponse()
    return answer.read().decode(), _cookie(answer, cookie)


def _cookie(answer: http.client.HTTPResponse, before: str) -> str:
    given = answer.getheader("Set-Cookie")
    return given.split(";")[0] if given else before


def _token(page: str) -> str:
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    if found is None:
        raise RuntimeError(f"no token in this page: {page[:500]}")
    return found[1]


def desk_per_worker(running: Running, signed: tuple[str, str]) -> dict[int, Desk]:
    """One connection to each worker process; which one accepts is chance, so ask often enough."""
    workers = running.web_workers()
    desks: dict[int, Desk] = {}
    spare = []
    for _ in range(500):
        desk = Desk(running, *signed)
        desk.ask("/agencies")  # accepted for certain
        pid = desk.served_by(workers)
        if pid is None or pid in desks:
            spare.append(desk)
        else:
            desks[pid] = desk
        if len(desks) == len(workers):
            break
    for desk in spare:
        desk.close()
    return desks


class Asks(Protocol):
    """Whoever asks one question after the other."""

    def ask(self, path: str, planned: float | None = None) -> Answered:
        """One question, and everything about it."""
        ...


def at_rate(
    desks: Sequence[Asks], path: Callable[[int], str], per_s: float, seconds: float,
    stop: threading.Event | None = None,
) -> list[Answered]:  # fmt: skip
    """Ask at a fixed rate whatever the answers do; the next free desk takes the next question."""
    answers: list[Answered] = []
    number, lock, began = 0, threading.Lock(), time.perf_counter() + 0.1

    def work(desk: Asks) -> None:
        nonlocal number
        while not (stop and stop.is_set()):
            with lock:
                mine, number = number, number + 1
            if mine >= per_s * seconds:
                return
            planned = began + mine / per_s
            time.sleep(max(0.0, planned - time.perf_counter()))
            answers.append(desk.ask(path(mine), planned))

    threads = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
