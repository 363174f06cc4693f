"""Simulated time: pauses that a speed factor shortens and news interrupts."""

import asyncio


class Interrupted(Exception):
    """Something happened that is more important than what was being done."""


class Pace:
    """How fast simulated time runs, for one who may be interrupted."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._news = asyncio.Event()

    def interrupt(self) -> None:
        """End the pause that is running, or the next one."""
        self._news.set()

    async def simulated(self, seconds: float) -> None:
        """A pause of simulated time."""
        await self.real(seconds / self.speed)

    async def real(self, seconds: float) -> None:
        """A pause on the wall clock, such as between two reports of a phone."""
        try:
            await asyncio.wait_for(self._news.wait(), max(seconds, 0.0))
        except TimeoutError:
            return
        self._news.clear()
        raise Interrupted
