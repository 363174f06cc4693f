"""Children are restarted when they die, and end with their parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gis_dispatch.running import supervisor
from gis_dispatch.running.supervisor import Child, Supervisor

FOREVER = "import time\nwhile True: time.sleep(1)"
STUBBORN = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FOREVER


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watching(said: list[str]) -> Iterator[Supervisor]:
    watch = Supervisor(said.append)
    yield watch
    watch.stop()


def child(tmp_path: Path, program: str) -> Child:
    return Child("worker", [sys.executable, "-c", program], dict(os.environ), tmp_path / "log")


def test_what_dies_is_started_again_after_growing_pauses(
    watching: Supervisor, said: list[str], tmp_path: Path
) -> None:
    one = child(tmp_path, "raise SystemExit(3)")
    watching.add(one)
    for pause_s in (1.0, 2.0):
        wait_for(lambda: not one.alive())
        assert one.pause_s == pause_s
        watching.look()
        assert "ended unexpectedly (code 3)" in said[-1]
        one.start_again_at = 0.0  # the pause itself need not be waited for
        watching.look()
        assert said[-1] == "The worker was started again."


def test_what_lives_is_left_alone(watching: Supervisor, said: list[str], tmp_path: Path) -> None:
    one = child(tmp_path, FOREVER)
    watching.add(one)
    first = one.process
    watching.look()
    assert one.process is first
    assert said == []


def test_all_are_stopped_even_the_stubborn(
    said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "STOP_WITHIN_S", 1.0)
    watch = Supervisor(said.append)
    polite, stubborn = child(tmp_path, FOREVER), child(tmp_path, STUBBORN)
    watch.add(polite)
    watch.add(stubborn)
    time.sleep(0.7)  # let the stubborn one set itself up
    watch.stop()
    assert not polite.alive()
    assert not stubborn.alive()
    assert said == ["The worker did not stop by itself and was ended."]


def test_children_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    number = tmp_path / "number"
    program = (
        "import os, signal, sys, time; from pathlib import Path\n"
        "from gis_dispatch.running.supervisor import Child, Supervisor\n"
        f"note = {str(number)!r}\n"
        "inside = 'import os,time;from pathlib import Path;' + "
        "'Path(' + repr(note) + ').write_text(str(os.getpid()));time.sleep(60)'\n"
        "one = Child('x', [sys.executable, '-c', inside], dict(os.environ), Path(note + '.log'))\n"
        "Supervisor(print).add(one)\n"
        "while not Path(note).exists() or not Path(note).read_text(): time.sleep(0.05)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=30)
    assert done.returncode == -signal.SIGKILL
    wait_for(lambda: not _runs(int(number.read_text())))


def _runs(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
