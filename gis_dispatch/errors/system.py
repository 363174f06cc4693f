"""Refusals when a part of the system cannot answer, or a rule without a name is broken."""

from gis_dispatch.errors.base import BadInput, Conflict, Refusal, Unavailable


class DatabaseUnavailable(Unavailable):
    """The database does not answer. Nothing was saved; try again in a moment."""


class TooBusy(Unavailable):
    """Too many people are asking at once. Nothing was saved; try again in a moment."""


class RoadsNotLoaded(Unavailable):
    """No road network is loaded, so no travel time can be worked out. Import one first."""


class RuleBroken(Conflict):
    """The database refused this: it breaks the rule "{rule}"."""


class ValueUnusable(BadInput):
    """A number is too large to be kept, or a text holds a character that cannot be written."""


class NoDatabase(Unavailable):
    """No database is named. Set DATABASE_URL, or start everything with script/server."""


class TooLarge(Refusal):
    """What was sent is too large. It may have at most {most_kb} kB."""


class TooOften(Refusal):
    """This came too often. Try again in {retry_after_s} s."""
