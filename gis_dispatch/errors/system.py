"""Refusals when a part of the system cannot answer, or a rule without a name is broken."""

from gis_dispatch.errors.base import Conflict, Unavailable


class DatabaseUnavailable(Unavailable):
    """The database does not answer. Nothing was saved; try again in a moment."""


class TooBusy(Unavailable):
    """Too many people are asking at once. Nothing was saved; try again in a moment."""


class RoadsNotLoaded(Unavailable):
    """No road network is loaded, so no travel time can be worked out. Import one first."""


class RuleBroken(Conflict):
    """The database refused this: it breaks the rule "{rule}"."""
