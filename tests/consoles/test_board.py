"""What a stream is sent of positions brings it to what is true, however rarely it looks."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.consoles.streaming.board import FIELDS, Positions
from gis_dispatch.consoles.streaming.sight import Sight
from gis_dispatch.domain.people import Actor

NOW = datetime(2026, 11, 27, tzinfo=UTC)
SIGHT = Sight.of(Actor(1, "Operator", "operator"))


def row(unit_id: int, lon: float, duty: str) -> dict[str, Any]:
    return dict.fromkeys(FIELDS) | {
        "unit_id": unit_id, "lon": lon, "lat": 0.9, "duty": duty, "call_sign": f"Damkar {unit_id}",
        "recorded_at": NOW, "received_at": NOW,
    }  # fmt: skip


def taken(known: dict[int, dict[str, Any]], frames: bytes) -> int:
    """What a console makes of frames; how many rows it was sent."""
    count = 0
    for line in frames.decode().splitlines():
        if line.startswith("data: "):
            data = json.loads(line.removeprefix("data: "))
            for values in data["rows"]:
                item = dict(zip(data["fields"], values, strict=True))
                known[item["unit_id"]] = known.get(item["unit_id"], {}) | item
                count += 1
    return count


LOOKS = st.lists(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 3), st.sampled_from(["available", "off_duty"])),
        max_size=4,
    ),
    max_size=8,
)


@given(looks=LOOKS, reads=st.lists(st.booleans(), min_size=8, max_size=8))
def test_whoever_looks_rarely_knows_as_much_as_who_sees_all(
    looks: list[list[tuple[int, int, str]]], reads: list[bool]
) -> None:
    board = Positions()
    rare: dict[int, dict[str, Any]] = {}
    often: dict[int, dict[str, Any]] = {}
    seen_rare = seen_often = 0
    for look, now in zip(looks, reads, strict=False):
        board.show([row(unit_id, 109 + at / 10, duty) for unit_id, at, duty in look])
        frames, seen_often = board.since(seen_often, SIGHT)
        taken(often, frames)
        if now:
            frames, seen_rare = board.since(seen_rare, SIGHT)
            taken(rare, frames)
    frames, seen_rare = board.since(seen_rare, SIGHT)
    taken(rare, frames)
    assert rare == often
    assert board.since(seen_rare, SIGHT) == (b"", board.version)


def test_only_what_changed_is_sent_and_a_move_says_only_the_move() -> None:
    board = Positions()
    known: dict[int, dict[str, Any]] = {}
    board.show([row(1, 109.0, "available"), row(2, 109.1, "available")])
    frames, seen = board.since(0, SIGHT)
    assert taken(known, frames) == 2
    board.show([row(1, 109.5, "available"), row(2, 109.1, "available")])
    frames, seen = board.since(seen, SIGHT)
    assert taken(known, frames) == 1
    assert known[1]["lon"] == 109.5 and b"Damkar" not in frames
    board.forget([2])
    frames, _ = board.since(0, SIGHT)
    fresh: dict[int, dict[str, Any]] = {}
    assert taken(fresh, frames) == 1
