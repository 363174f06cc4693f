"""People, phones and restarts against the real API, held against a plain model.

2,000 events here; `GIS_DISPATCH_TEST_EVENTS=100000` (script/nightly) for a night. A world is one
long history, so nothing is shrunk: what fails says which acts were done at once and what they were
told.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.consoles.town import Town
from tests.laws.machine import play
from tests.laws.world import World

SEEN = ("refused", "restarts", "points", "steps seen")
EVENTS = int(os.environ.get("GIS_DISPATCH_TEST_EVENTS", "2000"))


@pytest.fixture
def world(town: Town, tmp_path: Path) -> Iterator[World]:
    made = World(town, tmp_path)
    yield made
    made.town.hub.stop()
    made.town.store.close()


def test_whatever_people_phones_and_restarts_do_the_laws_hold(world: World) -> None:
    def enough() -> bool:
        return world.events() >= EVENTS and all(world.told[what] for what in SEEN)

    play(world, enough)
    print(world.seen())
    assert world.stamps
    assert world.judged() == {}
