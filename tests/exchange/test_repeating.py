"""Work that is done again and again: a failure is logged once, and ends nothing."""

import asyncio
import logging
from collections.abc import Callable

import pytest

from gis_dispatch.errors import DatabaseUnavailable, RoadsNotLoaded
from gis_dispatch.worker.repeating import repeat


def played(*rounds: BaseException | None) -> int:
    """Repeat work that fails as told, until it has gone well once more; how often it ran."""
    ran = 0

    def work() -> None:
        nonlocal ran
        ran += 1
        failure = rounds[ran - 1] if ran <= len(rounds) else None
        if failure is not None:
            raise failure

    asyncio.run(_until(lambda: ran > len(rounds), work))
    return ran


async def _until(enough: Callable[[], bool], work: Callable[[], None]) -> None:
    repeating = asyncio.create_task(repeat("the test", work, 0.001))
    while not enough():
        assert not repeating.done()
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)  # what follows the last round is said too
    repeating.cancel()


def said(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in log.records if record.name.endswith("repeating")]


def test_the_same_failure_is_logged_once_and_its_end_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    assert played(*[DatabaseUnavailable()] * 3, None, DatabaseUnavailable()) > 5
    sentence = f"worker: the test: {DatabaseUnavailable()}"
    assert said(caplog)[:4] == [sentence, "worker: the test: works again"] * 2


def test_a_defect_is_logged_with_its_traceback_and_ends_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    assert played(ZeroDivisionError("once"), ZeroDivisionError("again"), KeyError("x")) > 3
    failed = [record for record in caplog.records if record.exc_info]
    assert [record.exc_info[1].args for record in failed if record.exc_info] == [  # type: ignore[union-attr]
        ("once",),
        ("again",),
        ("x",),
    ]


def test_before_the_first_import_there_is_nothing_to_say(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    assert played(RoadsNotLoaded(), RoadsNotLoaded()) > 2
    assert said(caplog) == []


def test_without_roads_nothing_works_again(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert played(DatabaseUnavailable(), RoadsNotLoaded(), DatabaseUnavailable(), None) > 4
    sentence = f"worker: the test: {DatabaseUnavailable()}"
    assert said(caplog) == [sentence, "worker: the test: works again"]
