"""Keeps the server's processes alive: starts them, restarts one that dies, stops them all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gis_dispatch.running.home import trim_log

LOOK_EVERY_S = 0.25
STEADY_AFTER_S = 60.0
LONGEST_PAUSE_S = 60.0
STOP_WITHIN_S = 6.0


@dataclass
class Child:
    """A program that has to be running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    pause_s: float = field(default=1.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C goes to us, and we tell the children."""
        trim_log(self.log)
        wrapper = [sys.executable, "-P", "-m", "gis_dispatch.running.child", str(os.getpid())]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*wrapper, *self.command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.started_at = time.monotonic()
        self.start_again_at = None

    def alive(self) -> bool:
        """Whether it runs right now."""
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Watches over children until it is interrupted."""

    def __init__(self, report: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self.also: list[Callable[[], None]] = []
        """What else is looked after in every round."""
        self._report = report

    def add(self, child: Child) -> None:
        """Start one more child and watch it from now on."""
        self.children.append(child)
        child.start()

    def watch(self) -> None:
        """Restart what dies; returns never, except by KeyboardInterrupt."""
        while True:
            self.look()
            time.sleep(LOOK_EVERY_S)

    def look(self) -> None:
        """One round over the children."""
        for look in self.also:
            look()
        now = time.monotonic()
        for child in self.children:
            if child.alive():
                if now - child.started_at > STEADY_AFTER_S:
                    child.pause_s = 1.0
            elif child.start_again_at is None:
                self._plan_restart(child, now)
            elif now >= child.start_again_at:
                child.start()
                self._report(f"The {child.name} was started again.")

    def stop(self) -> None:
        """End every child: politely first, then not."""
        for child in self.children:
            self._signal(child, signal.SIGTERM)
        give_up = time.monotonic() + STOP_WITHIN_S
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, give_up - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._report(f"The {child.name} did not stop by itself and was ended.")
                self._signal(child, signal.SIGKILL)
                child.process.wait()

    def _plan_restart(self, child: Child, now: float) -> None:
        code = child.process.returncode if child.process else None
        child.start_again_at = now + child.pause_s
        self._report(
            f"The {child.name} ended unexpectedly (code {code}); it is started again in "
            f"{child.pause_s:.0f} s. Its log: {child.log}"
        )
        child.pause_s = min(child.pause_s * 2, LONGEST_PAUSE_S)

    @staticmethod
    def _signal(child: Child, number: signal.Signals) -> None:
        if child.process is None or not child.alive():
            return
        if number == signal.SIGKILL:
            # Its own helpers (web workers) are in its session and have to go too.
            os.killpg(child.process.pid, number)
        else:
            child.process.send_signal(number)
