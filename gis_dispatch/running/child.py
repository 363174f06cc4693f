"""Becomes a child program that ends with its parent, even if the parent is killed outright.

`python -m gis_dispatch.running.child PARENT_PID PROGRAM ARGUMENT…`
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    """Ask Linux for a signal at the parent's death, then become the program."""
    parent, *program = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != int(parent):
        return  # it died before we could ask
    os.execv(program[0], program)  # noqa: S606 - replacing ourselves is the point


if __name__ == "__main__":
    main()
