"""A small town in a database: two agencies with stations and units, and one person per role."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gis_dispatch.consoles.app import create_app
from gis_dispatch.consoles.roles import ROLES
from gis_dispatch.consoles.streaming.live import Hub
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.procedure import steps_of
from gis_dispatch.ports import House
from gis_dispatch.services.facts_files import read_procedure
from gis_dispatch.services.facts_receivers import read_receivers
from gis_dispatch.services.load_facts import load_facts
from gis_dispatch.services.manage_tokens import create_token
from gis_dispatch.services.manage_users import create_user
from gis_dispatch.services.pair_wall import pair_wall
from gis_dispatch.settings import Settings
from gis_dispatch.store.listening import Listener
from gis_dispatch.store.postgres import PostgresStore, SystemClock, open_store
from tests.consoles.doubles import OneStreet, Remembering, SlowRoads
from tests.whose import ISSUER, ZONE

PASSWORD = "pintu-rumah-biru"
PLACE = {"lon": 108.985, "lat": 0.905}

TOWN = """
INSERT INTO stations (id, name, kind, agency_code, point) OVERRIDING SYSTEM VALUE VALUES
    (1, 'Mako Damkar', 'fire_station', 'damkar', ST_SetSRID(ST_MakePoint(108.99, 0.90), 4326)),
    (2, 'Pos BPBD', 'bpbd_post', 'bpbd', ST_SetSRID(ST_MakePoint(108.97, 0.91), 4326));
INSERT INTO units (id, call_sign, agency_code, station_id, type_code) OVERRIDING SYSTEM VALUE
VALUES
    (1, 'Damkar 1', 'damkar', 1, 'pemadam'), (2, 'Damkar 2', 'damkar', 1, 'pemadam'),
    (3, 'BPBD 1', 'bpbd', 2, 'truk_serbaguna');
INSERT INTO crew_members (agency_code, unit_id, name, duty_role)
 VALUES ('damkar', 1, 'Andi', 'Danru');
INSERT INTO equipment (unit_id, name, quantity) VALUES (1, 'Selang 2.5"', 6);
SELECT setval(pg_get_serial_sequence('stations', 'id'), 100);
SELECT setval(pg_get_serial_sequence('units', 'id'), 100);
"""


@dataclass
class Town:
    """The application with everything a test asks of it."""

    app: Flask
    house: House
    store: PostgresStore
    hub: Hub
    notifier: Remembering
    url: str

    def sql(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run SQL past the application, as an administrator of the database would."""
        with self.store.engine.begin() as connection:
            result = connection.exec_driver_sql(statement, values or None)
            return [tuple(row) for row in result] if result.returns_rows else []

    def user(
        self, username: str, role: str, agency: str | None = None, unit: int | None = None
    ) -> int:
        """A person with the password of all tests."""
        number, _password = create_user(
            self.house,
            SYSTEM_ACTOR,
            username=username,
            display_name=username.title(),
            role=role,
            agency_code=agency,
            unit_id=unit,
            locale="en",
            password=PASSWORD,
        )
        return number

    def token(self, role: str, agency: str | None = None) -> str:
        """The secret of a new token."""
        _number, secret = create_token(
            self.house, SYSTEM_ACTOR, label=f"test {role}", role=role, agency_code=agency
        )
        return secret

    def display(self) -> FlaskClient:
        """A browser on the wall that an administrator has paired."""
        client = self.app.test_client()
        page = client.get("/wall", headers={"Accept": "text/html"}).text
        code = page.split('id="code">')[1].split("<")[0]
        pair_wall(self.house, SYSTEM_ACTOR, code=code, name="Ruang kendali")
        return client

    def signed_in(self, username: str) -> "Browser":
        """A browser in which this person is signed in."""
        browser = Browser(self.app.test_client())
        answer = browser.sign_in(username)
        assert answer.status_code == 302, answer.text
        return browser


class Browser:
    """A test client that sends the forgery token its page carries."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def csrf(self) -> str:
        """The token of a page, as scripts read it from the meta element."""
        page = self.client.get("/sign-in?next=/language", headers={"Accept": "text/html"})
        if page.status_code == 302:  # signed in already: any page with the frame will do
            page = self.client.get("/no-such-page", headers={"Accept": "text/html"})
        return page.text.split('name="csrf-token" content="')[1].split('"')[0]

    def sign_in(self, username: str, password: str = PASSWORD, **more: str) -> TestResponse:
        """Fill in the sign-in form."""
        form = {"username": username, "password": password, "csrf_token": self.csrf(), **more}
        return self.client.post("/sign-in", data=form, headers={"Accept": "text/html"})

    def get(self, path: str, **options: Any) -> TestResponse:
        """Read from the API."""
        return self.client.get(f"/api/v1{path}", **options)

    def send(self, method: str, path: str, body: Any = None) -> TestResponse:
        """Write to the API as a console's script does."""
        headers = {"X-CSRFToken": self.csrf()}
        return self.client.open(f"/api/v1{path}", method=method, json=body or {}, headers=headers)

    def post(self, path: str, body: Any = None) -> TestResponse:
        """POST to the API."""
        return self.send("POST", path, body)


def build(url: str, home: Path) -> Town:
    """The application on a database that `furnish` has filled."""
    settings = Settings(home=home, database_url=url, locale="en")
    store, notifier = open_store(url, pool_size=5), Remembering()
    procedure = steps_of(read_procedure(settings.sop).model_dump())
    house = House(
        store, SlowRoads(), OneStreet(), SystemClock(), notifier, procedure, ZONE, ISSUER,
        receivers=read_receivers(home),
    )  # fmt: skip
    hub = Hub(house, Listener(url, ("events", "positions")).open)
    app = create_app(settings, house, hub, secret_key="a secret for tests only")
    app.testing = False  # errors are answered, not raised: that is what we test
    return Town(app, house, store, hub, notifier, url)


def furnish(town: Town) -> None:
    """Facts, stations, units and people; slow, because passwords are."""
    load_facts(town.house, town.app.extensions["settings"].area)
    town.sql(TOWN)
    for role in set(ROLES.values()) - {"telephony", "simulator", "wall", "receiver"}:
        agency = "damkar" if role in {"dispatcher", "crew"} else None
        town.user(role, role, agency, 1 if role == "crew" else None)
