"""From the phone's door to the pixel: posted as phones do, drawn on three consoles at once."""

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

import psycopg2
from playwright.sync_api import Browser, Page

from bench.ranking_server import Running
from bench.saying import Teller, percentiles
from gis_dispatch.services.passwords import hash_token

UNITS = 50
EVERY_S = 2.0
SECONDS = 24
CONNECTIONS = 4
CONSOLES = (
    ("operator", "/operator"), ("dispatcher", "/dispatcher"), ("lead_operator", "/dispatcher"),
)  # fmt: skip
STANDING = """
SELECT unit_id, ST_X(point), ST_Y(point) FROM unit_positions ORDER BY unit_id LIMIT %s
"""
DEVICE = "INSERT INTO devices (label, unit_id, token_hash) VALUES ('bench', %s, %s)"

# Every place is told once, so it says which report a console has drawn, in its first frame with it.
WATCH = """async () => {
    const {Motion} = await import("/static/map/unit-motion.js");
    const arrive = Motion.prototype.arrive;
    window.seen = {};
    Motion.prototype.arrive = function (item, ...rest) {
        arrive.call(this, item, ...rest);
        requestAnimationFrame(() => requestAnimationFrame(() => {
            seen[item.lon.toFixed(6)] ??= performance.timeOrigin + performance.now();
        }));
    };
}"""


def measure(teller: Teller, running: Running, browser: Browser) -> None:
    """Posts at the rate of fifty units, and how long after each the consoles had drawn it."""
    phones = _phones(running)
    pages = [_console(browser, running, role, path) for role, path in CONSOLES]
    sent = _drive(running, phones)
    pages[0].wait_for_timeout(3000)
    for (role, path), page in zip(CONSOLES, pages, strict=True):
        seen = page.evaluate("() => seen")
        took_ms = [seen[key] - at_s * 1000 for key, at_s in sent.items() if key in seen]
        teller.say(
            part="phone to pixel", console=f"{role} on {path}", units=UNITS, sent=len(sent),
            drawn=len(took_ms), **percentiles(took_ms),
        )  # fmt: skip
        page.context.close()


def sign_in(page: Page, running: Running, role: str) -> None:
    """Through the sign-in page, then until the console's own stream is live."""
    person = running.person(role)
    page.goto("/sign-in")
    page.fill("#username", person.username)
    page.fill("#password", person.password)
    page.press("#password", "Enter")
    page.wait_for_selector("[data-live-state][data-state=live]", timeout=60_000)


@dataclass(frozen=True)
class Phone:
    """What a phone is known by, and where it is; nobody believes a jump."""

    token: str
    lon: float
    lat: float


def _phones(running: Running) -> list[Phone]:
    url = running.supervisor.children[0].environment["GIS_DISPATCH_DATABASE_URL"]
    phones = []
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(STANDING, (UNITS,))
        for unit_id, lon, lat in cursor.fetchall():
            phones.append(Phone(f"bench-screen-{unit_id}", lon, lat))
            cursor.execute(DEVICE, (unit_id, hash_token(phones[-1].token)))
    return phones


def _console(browser: Browser, running: Running, role: str, path: str) -> Page:
    page = browser.new_context(base_url=running.settings.address).new_page()
    sign_in(page, running, role)
    page.goto(path)
    page.wait_for_selector("[data-live-state][data-state=live]", timeout=60_000)
    page.wait_for_timeout(2000)
    page.evaluate(WATCH)
    return page


def _drive(running: Running, phones: list[Phone]) -> dict[str, float]:
    """Each phone every two seconds; when each place was told, by the clock of this machine."""
    sent: dict[str, float] = {}
    began = time.time() + 0.2

    def drive(first: int) -> None:
        line = http.client.HTTPConnection(running.settings.host, running.settings.port, timeout=30)
        for turn in range(1, 1 + int(SECONDS / EVERY_S)):
            for number in range(first, len(phones), CONNECTIONS):
                planned = began + (turn + number / len(phones)) * EVERY_S
                time.sleep(max(0.0, planned - time.time()))
                phone, now = phones[number], time.time()
                lon = f"{phone.lon + turn * 3e-4:.6f}"
                told = {"id": phone.token, "lat": phone.lat, "lon": lon, "timestamp": int(now)}
                body = urlencode(told | {"speed": 18, "bearing": 90})
                sent[lon] = now
                line.request("POST", f"/phones/osmand?{body}")
                answer = line.getresponse()
                if answer.read() and answer.status != 200:
                    raise RuntimeError(f"a position was answered with {answer.status}")
        line.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(drive, range(CONNECTIONS)))
    return sent
