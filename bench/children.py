"""Peers that run as a child process on a newer Python; what they take is measured inside them."""

import json
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
APART = HERE.parent / ".local" / "bench" / "apart" / "bin" / "python"
"""Made by script/bench where the machine has Python 3.12 or newer."""
NO_PYTHON = "no Python 3.12 or newer here (its wheels need one)"


class ChildFailed(Exception):
    """A peer apart could not answer."""


class Child:
    """One engine in a process of its own."""

    def __init__(self, program: str) -> None:
        self._process = subprocess.Popen(
            [str(APART), str(HERE / "apart" / program)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def do(self, task: str, **given: Any) -> dict[str, Any]:
        """A question and its answer."""
        assert self._process.stdin and self._process.stdout
        try:
            print(json.dumps({"do": task} | given), file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise ChildFailed(f"{task}: it ended") from None
        for line in self._process.stdout:
            if line.startswith('{"'):  # else an engine's own chatter
                answer: dict[str, Any] = json.loads(line)
                if "error" in answer:
                    raise ChildFailed(f"{task}: {answer['error']}")
                return answer
        raise ChildFailed(f"{task}: it ended with {self._process.wait()}")

    def stop(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()
