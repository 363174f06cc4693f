"""Refusals about promises, hand-overs of shifts and the chat."""

from gis_dispatch.errors.base import BadInput, Conflict, Forbidden, NotFound


class PromiseNotFound(NotFound):
    """There is no promise {id}."""


class PromiseDueUnusable(BadInput):
    """{field}: a promise is due some time from now on, within a year."""


class PromiseEnded(Conflict):
    """This promise has already ended."""


class HandoverNotFound(NotFound):
    """There is no hand-over {id}."""


class HandoverWaits(Conflict):
    """The shift was already handed over and waits to be taken over by somebody."""


class HandoverTaken(Conflict):
    """This shift has already been taken over."""


class HandoverNeedsAnother(Conflict):
    """A shift is taken over by another person than the one who handed it over."""


class OnlyPeople(Forbidden):
    """Only somebody with an account of their own may do this, not a program."""


class DeskNotYours(Forbidden):
    """That is the desk of others."""
