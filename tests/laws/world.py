"""The real API under many hands at once: every answer is held against the model.

Acts of one round begin together, each in a thread of its own. The answers must be those of some
order in which they could have been done one after the other, and so must be what the tables hold.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import permutations, product
from pathlib import Path
from threading import Barrier
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.services.manage_tokens import create_token
from tests.consoles.town import Town, build
from tests.laws.asking import Answer, Stamp, begin, request_of, stamps_of, standing
from tests.laws.model import Act, Model, Refused

ROLES = {
    "operator": ("operator", None), "operator 2": ("operator", None),
    "lead": ("lead_operator", None), "damkar": ("dispatcher", "damkar"),
    "damkar 2": ("dispatcher", "damkar"), "bpbd": ("dispatcher", "bpbd"),
}  # fmt: skip
KEPT = 25
"""So many of the newest incidents and calls are acted on; older ones are only judged at the end."""

STATES = """
SELECT 'calls', id, call_status(answered_at, ended_at, disposition), incident_id FROM calls
WHERE id = ANY(%(calls)s) OR id > %(newest_calls)s
UNION ALL
SELECT 'incidents', id, status, duplicate_of FROM incidents
WHERE id = ANY(%(incidents)s) OR id > %(newest_incidents)s
UNION ALL
SELECT 'referrals', id, status, incident_id FROM referrals
WHERE id = ANY(%(referrals)s) OR id > %(newest_referrals)s
UNION ALL
SELECT 'assignments', id, status, unit_id FROM assignments
WHERE id = ANY(%(assignments)s) OR id > %(newest_assignments)s
UNION ALL
SELECT 'units', id, duty, 0 FROM units WHERE id = ANY(%(units)s) OR id > %(newest_units)s
"""
KINDS = ("calls", "incidents", "referrals", "assignments", "units")


@dataclass
class World:
    """A town, the people in it, what they were told, and what must be so."""

    town: Town
    home: Path
    model: Model = field(default_factory=Model)
    stamps: list[Stamp] = field(default_factory=list)
    answers: int = 0
    refused: int = 0
    lost: int = 0
    restarts: int = 0
    broken: Exception | None = None
    newest: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.town.sql(
            "INSERT INTO units (id, call_sign, agency_code, station_id, type_code)"
            " OVERRIDING SYSTEM VALUE SELECT n, 'U-' || n, CASE WHEN n IN (6, 9) THEN 'bpbd'"
            " ELSE 'damkar' END, 1, 'pemadam' FROM generate_series(4, 9) AS n"
        )
        for id, agency in self.town.sql("SELECT id, agency_code FROM units ORDER BY id"):
            self.model.units[id] = {"id": id, "agency": agency, "duty": "available"}
        self.tokens = {who: self._token(who, *ROLES[who]) for who in ROLES}
        crew = self.town.signed_in("crew")
        cookie = crew.client.get_cookie("gis_dispatch")
        assert cookie is not None
        # Both outlive the web process.
        self.cookie, self.csrf = cookie.value, crew.csrf()

    def _token(self, who: str, role: str, agency: str | None) -> str:
        """By its label a token's acts are known as one person's."""
        made = create_token(self.town.house, SYSTEM_ACTOR, label=who, role=role, agency_code=agency)
        return made[1]

    def restart(self) -> None:
        """The web process ends and another one begins, on the same database."""
        self.town.hub.stop()
        self.town.store.close()
        self.town = build(self.town.url, self.home)
        self.restarts += 1

    def cut(self) -> None:
        """Every connection to the database ends, whatever it was doing."""
        self.town.sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        self.restarts += 1

    def ask(self, act: Act, at: datetime) -> Answer:
        """One request by one person; `at` is when their phone says that it was."""
        path, body = request_of(act, at)
        if act.who == "crew":
            client: FlaskClient = self.town.app.test_client()
            client.set_cookie("gis_dispatch", self.cookie)
            headers = {"X-CSRFToken": self.csrf}
        else:
            client = self.town.app.test_client()
            headers = {"Authorization": f"Bearer {self.tokens[act.who]}"}
        method = "PUT" if act.name == "duty" else "POST"
        answer = client.open(f"/api/v1{path}", method=method, json=body, headers=headers)
        return Answer(answer.status_code, answer.get_json(silent=True))

    def round(self, acts: Sequence[Act], *, cut: bool = False) -> None:
        """Do all of them at once, and hold the answers and the tables against the model."""
        at = datetime.now(UTC)
        gate = Barrier(len(acts) + cut)

        def go(act: Act) -> Answer:
            gate.wait()
            return self.ask(act, at)

        def pull() -> None:
            gate.wait()
            self.cut()

        with ThreadPoolExecutor(len(acts) + 1) as hands:
            asked = [hands.submit(go, act) for act in acts]
            if cut:
                hands.submit(pull).result()
            answers = [one.result() for one in asked]
        for act, answer in zip(acts, answers, strict=True):
            broken = answer.status >= 500 and not (cut and answer.status == 503)
            assert not broken, (act, answer)
            self.answers += 1
            self.refused += not answer.accepted
            self.lost += answer.status >= 500
        self.model.told = set()
        self.model = self._explained(acts, answers)
        for act, answer in zip(acts, answers, strict=True):
            if answer.accepted:
                self._remember(act, answer, at)
        self._forget()

    def _explained(self, acts: Sequence[Act], answers: Sequence[Answer]) -> Model:
        """The model after one of the orders that explain what was answered and what is there."""
        found = self.found()
        tried = []
        # Whoever was told that the database is away does not know whether it was done.
        known = [(True, False) if a.status >= 500 else (a.accepted,) for a in answers]
        for order in permutations(range(len(acts))):
            for done in product(*known):
                after = self.model.copy()
                if not _follows(after, [(acts[n], answers[n], done[n]) for n in order]):
                    continue
                differing = _differing(after, found)
                if not differing:
                    return after
                tried.append(differing)
        told = [(act, answer.status) for act, answer in zip(acts, answers, strict=True)]
        raise AssertionError(f"no order explains {told}: {tried[:2]}")

    def found(self) -> dict[str, dict[int, tuple[Any, ...]]]:
        """What the tables hold."""
        made: dict[str, dict[int, tuple[Any, ...]]] = {name: {} for name in KINDS}
        known = {name: list(getattr(self.model, name)) for name in KINDS}
        for name, ids in known.items():
            # What this round began is newer than everything that was ever known; how much newer
            # nobody knows, as what is refused uses up numbers too.
            self.newest[name] = max([*ids, self.newest.get(name, 0)])
        newest = {f"newest_{name}": self.newest[name] for name in KINDS}
        try:
            rows = self.town.sql(STATES, **known, **newest)
        except OperationalError:
            # One of those that were cut still lay in the pool; with it all older ones are gone.
            rows = self.town.sql(STATES, **known, **newest)
        for name, id, *facts in rows:
            made[name][id] = tuple(facts)
        return made

    def _remember(self, act: Act, answer: Answer, at: datetime) -> None:
        for stamp in stamps_of(act, answer):
            self.stamps.append(stamp)

    def _forget(self) -> None:
        model = self.model
        bound = {a["incident"] for a in model._bound()}
        kept = set(sorted(model.incidents)[-KEPT:]) | bound
        kept |= {i["of"] for i in model.incidents.values() if i["id"] in kept and i["of"]}
        while more := {model.incidents[id]["of"] for id in kept} - kept - {None}:
            kept |= more
        model.incidents = {id: i for id, i in model.incidents.items() if id in kept}
        for name in ("referrals", "assignments"):
            things = getattr(model, name)
            setattr(model, name, {id: t for id, t in things.items() if t["incident"] in kept})
        newest = sorted(model.calls)[-KEPT:]
        model.calls = {id: model.calls[id] for id in newest}


def _follows(model: Model, acts: list[tuple[Act, Answer, bool]]) -> bool:
    """Whether the model, in this order, says of each act what the API said of it."""
    for act, answer, done in acts:
        if not done and answer.status >= 500:
            continue
        try:
            if hasattr(model, act.name):
                model.do(act)
        except Refused:
            if done:
                return False
            continue
        if not done:
            return False
        begin(model, act, answer)
    return True


def _differing(model: Model, found: dict[str, dict[int, tuple[Any, ...]]]) -> dict[str, Any]:
    """Where the model and the tables do not say the same."""
    said: dict[str, dict[int, tuple[Any, ...]]] = {
        "calls": {id: (standing(call), call["incident"]) for id, call in model.calls.items()},
        "incidents": {id: (i["status"], i["of"]) for id, i in model.incidents.items()},
        "referrals": {id: (r["status"], r["incident"]) for id, r in model.referrals.items()},
        "assignments": {id: (a["status"], a["unit"]) for id, a in model.assignments.items()},
        "units": {id: (unit["duty"], 0) for id, unit in model.units.items()},
    }
    return {
        name: {
            id: (said[name].get(id), found[name].get(id))
            for id in said[name].keys() | found[name].keys()
            if said[name].get(id) != found[name].get(id)
        }
        for name in said
        if said[name] != found[name]
    }
