"""The real server under many hands, while one process after the other is killed.

Whoever got no answer asks again with the same key, as phones do, or looks. All that was answered
as done is in the record once, and nothing is there twice.
"""

import os
from collections.abc import Iterator

import pytest

from tests.journeys.conftest import free_port
from tests.laws.machine import Kills, play
from tests.laws.served import serving
from tests.laws.world import World

EVENTS = int(os.environ.get("GIS_DISPATCH_TEST_KILLED_EVENTS", "250"))


@pytest.fixture
def world(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    home = tmp_path_factory.mktemp("home")
    for folder in (home, *home.parents[:2]):
        folder.chmod(0o755)  # run by root, the database's own user has to get in
    monkeypatch.setenv("GIS_DISPATCH_STEPS_FROM_POSITION", "automatic")
    monkeypatch.setenv("GIS_DISPATCH_ARRIVED_AFTER_S", "0")
    with serving(home / "state", free_port()) as served:
        yield World(served.town, served.settings.home, served)


def test_whatever_is_killed_the_laws_hold(world: World) -> None:
    served = world.served
    assert served is not None

    def enough() -> bool:
        every_one = len(served.killed) >= len(served.kills)
        return every_one and world.events() >= EVENTS

    play(world, enough, Kills)
    print(world.seen())
    assert world.told["lost"] and world.stamps
    assert world.judged() == {}
