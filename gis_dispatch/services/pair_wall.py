"""A display on the wall is nobody: it shows a code, an administrator types it, and it may read.

The code by itself opens nothing; it only says to an administrator's screen which display is meant.
What opens is a secret that the display's browser has held since it first asked, and of which only a
hash is kept.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from gis_dispatch.domain.people import WALL, Actor
from gis_dispatch.ports import House
from gis_dispatch.services.inputs import required_text
from gis_dispatch.services.manage_common import record, text
from gis_dispatch.services.passwords import hash_token, make_token
from gis_dispatch.services.wall_refusals import TooManyPairings, WallCodeUnknown, WallNotFound

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that is taken for another when it is read from across a room."""
CODE_LENGTH = 6
VALID_FOR = timedelta(minutes=10)
MOST_WAITING = 40
"""Whoever asks for more codes than that fills nothing but this list."""


@dataclass(frozen=True)
class Pairing:
    """What a display that is not paired yet shows, and the secret its browser keeps."""

    code: str
    secret: str
    expires_at: datetime


@dataclass(frozen=True)
class Wall:
    """A display that may read the wall."""

    id: int
    name: str

    @property
    def actor(self) -> Actor:
        """This display as use cases know it."""
        return Actor(user_id=None, name=self.name, role=WALL, source="system")


def find_wall(house: House, secret: str) -> Wall | None:
    """The display with this secret, unless it was revoked; notes once a minute that it was seen."""
    row = house.store.reads.find("find_live_wall", token_hash=hash_token(secret))
    if row is None:
        return None
    if row["seen_long_ago"]:
        with house.store.transaction() as tx:
            tx.run("note_wall_seen", id=row["id"])
    return Wall(row["id"], row["name"])


def find_pairing(house: House, secret: str) -> Pairing | None:
    """The code this display shows already, while it may still be typed."""
    row = house.store.reads.find(
        "find_pairing", token_hash=hash_token(secret), at=house.clock.now()
    )
    return None if row is None else Pairing(row["code"], secret, row["expires_at"])


def begin_pairing(house: House) -> Pairing:
    """A new code and a new secret for a display."""
    at = house.clock.now()
    with house.store.transaction() as tx:
        tx.run("drop_old_pairings", at=at)
        if tx.value("count_pairings") >= MOST_WAITING:
            raise TooManyPairings(minutes=round(VALID_FOR.total_seconds() / 60))
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            pairing = Pairing(code, make_token(), at + VALID_FOR)
            if tx.run(
                "begin_pairing", code=code, token_hash=hash_token(pairing.secret), at=at,
                expires_at=pairing.expires_at,
            ):  # fmt: skip
                return pairing


def pair_wall(house: House, actor: Actor, *, code: str, name: str) -> int:
    """The display that shows this code may read from now on; its number."""
    typed = "".join(required_text("code", code, 20).upper().replace("-", " ").split())
    words = text(name, "name")
    at = house.clock.now()
    with house.store.transaction() as tx:
        taken = tx.find("take_pairing", code=typed, at=at)
        if taken is None:
            raise WallCodeUnknown(field="code", code=typed)
        wall_id = int(
            tx.value(
                "add_wall", name=words, token_hash=taken["token_hash"],
                paired_by=actor.user_id, at=at,
            )
        )  # fmt: skip
        record(tx, house, actor, "wall.paired", wall_id=wall_id, name=words)
    return wall_id


def revoke_wall(house: House, actor: Actor, wall_id: int) -> None:
    """From now on the display reads nothing, and shows a code again."""
    with house.store.transaction() as tx:
        if not tx.run("revoke_wall", id=wall_id, at=house.clock.now()):
            raise WallNotFound(id=wall_id)
        record(tx, house, actor, "wall.revoked", wall_id=wall_id)
