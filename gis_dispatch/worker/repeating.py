"""Does a piece of work again and again; that it fails is logged, and ends neither it nor us."""

import asyncio
import logging
from collections.abc import Callable

from gis_dispatch.errors import Refusal, RoadsNotLoaded

log = logging.getLogger(__name__)


async def repeat(name: str, work: Callable[[], object], every_s: float) -> None:
    """Run `work` in a thread, wait, and so on until cancelled.

    The same failure is logged once, and so is its end: a log that repeats itself is not read.
    """
    said: str | None = None
    while True:
        problem = await asyncio.to_thread(_problem_of, name, work, said)
        if said is not None and problem is None:
            log.info("worker: %s: works again", name)
        said = problem
        await asyncio.sleep(every_s)


def _problem_of(name: str, work: Callable[[], object], said: str | None) -> str | None:
    """What is wrong now, or None; logged unless it was already."""
    try:
        work()
    except RoadsNotLoaded:
        # Before the first import there is nothing to reckon with: no failure, nor a failure's end.
        return said
    except Refusal as refusal:
        problem = str(refusal)
        if problem != said:
            log.warning("worker: %s: %s", name, problem)
        return problem
    except Exception as defect:
        problem = repr(defect)
        if problem != said:
            log.exception("worker: %s", name)
        return problem
    return None
