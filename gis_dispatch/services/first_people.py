"""One sign-in per role for a new installation, with passwords made for it."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from gis_dispatch.domain.people import (
    ADMINISTRATOR,
    CREW,
    DISPATCHER,
    LEAD_OPERATOR,
    OPERATOR,
    PLANNER,
    Actor,
)
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.manage_users import insert_user

FILE = "sign_ins.json"

# Agencies whose desk gets a sign-in, the one that most calls go to first.
DESKS = ("damkar", "bpbd", "psc119", "pmi", "polres", "pln")
CREW_OF = "damkar"


@dataclass(frozen=True)
class SignIn:
    """A name and a password that were made for this installation."""

    role: str
    username: str
    password: str
    display_name: str
    agency_code: str | None = None
    unit_call_sign: str | None = None


def make_sign_ins(house: House, actor: Actor, folder: Path) -> tuple[SignIn, ...]:
    """Everybody or nobody. The file is written before the commit: a password that nobody knows
    would be worse than a file that the next start writes again."""
    with house.store.transaction() as tx:
        sign_ins = tuple(_insert(tx, house, actor, wanted) for wanted in _wanted(tx))
        write_sign_ins(folder, sign_ins)
    return sign_ins


def write_sign_ins(folder: Path, sign_ins: Sequence[SignIn]) -> None:
    """Readable by its owner only, from the first byte on."""
    path = folder / FILE
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump([asdict(one) for one in sign_ins], file, indent=1, ensure_ascii=False)
        file.write("\n")
    fresh.replace(path)


def read_sign_ins(house: House, folder: Path) -> tuple[SignIn, ...]:
    """Those of the file that still open: active, and the password not changed since."""
    path = folder / FILE
    if not path.is_file():
        return ()
    unchanged = {row["username"] for row in house.store.reads.all("list_unchanged_users")}
    made = json.loads(path.read_text(encoding="utf-8"))
    return tuple(SignIn(**one) for one in made if one["username"] in unchanged)


def _wanted(tx: Transaction) -> list[Row]:
    people: list[Row] = [
        {"username": "operator", "display_name": "Operator 112", "role": OPERATOR},
        {"username": "lead", "display_name": "Operator Utama", "role": LEAD_OPERATOR},
    ]
    agencies = {row["code"]: row for row in tx.all("list_agencies") if row["active"]}
    people += [
        {
            "username": code,
            "display_name": f"Dispatcher {agencies[code]['short_name']}",
            "role": DISPATCHER,
            "agency_code": code,
        }
        for code in DESKS
        if code in agencies
    ]
    crew = next(
        (row for row in tx.all("admin_units") if row["agency_code"] == CREW_OF and row["active"]),
        None,
    )
    if crew is not None:
        people.append(
            {
                "username": "crew",
                "display_name": f"Awak {crew['call_sign']}",
                "role": CREW,
                "unit_id": crew["id"],
                "unit_call_sign": crew["call_sign"],
            }
        )
    return [
        *people,
        {"username": "planner", "display_name": "Perencana", "role": PLANNER},
        {"username": "admin", "display_name": "Administrator", "role": ADMINISTRATOR},
    ]


def _insert(tx: Transaction, house: House, actor: Actor, wanted: Row) -> SignIn:
    call_sign = wanted.pop("unit_call_sign", None)
    _, password = insert_user(tx, house, actor, wanted)
    return SignIn(
        role=wanted["role"],
        username=wanted["username"],
        password=password,
        display_name=wanted["display_name"],
        agency_code=wanted.get("agency_code"),
        unit_call_sign=call_sign,
    )
