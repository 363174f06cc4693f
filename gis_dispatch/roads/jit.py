"""Compiles kernels to machine code; the result is kept on disk (`NUMBA_CACHE_DIR`)."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])
LINEAR_ALGEBRA = "scipy.linalg"


@contextmanager
def _not_to_be_had(module: str) -> Iterator[None]:
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment] # Python's way to say: not to be had
    try:
        yield
    finally:
        del sys.modules[module]


# numba looks once whether it could multiply matrices. Our kernels never do, and the answer "no"
# leaves 17 MB out of every process that searches the roads.
with _not_to_be_had(LINEAR_ALGEBRA):
    import_module("numba.np.arraymath")


def jit(function: Function) -> Function:
    """Compile on first use, keep the result on disk, and let other threads run meanwhile."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
