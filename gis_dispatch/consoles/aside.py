"""Long computations beside the event loop, so that live streams go on while one is made."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from gevent import get_hub

P = ParamSpec("P")
T = TypeVar("T")


def aside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do pure work in a thread of its own and wait for it; other requests are answered meanwhile.

    The work must need neither the request nor the database: both belong to this greenlet.
    """
    made: T = get_hub().threadpool.apply(work, args, kwargs)
    return made
