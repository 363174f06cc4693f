"""What pairing a display may be refused, and the sentence for it."""

from gis_dispatch.errors import BadInput, Conflict, NotFound


class WallNotFound(NotFound):
    """There is no wall display {id}, or it was revoked already."""


class WallCodeUnknown(BadInput):
    """No display shows the code {code} now. Read it from the screen again: it changes."""


class TooManyPairings(Conflict):
    """Too many displays are waiting to be paired. Try again in {minutes} minutes."""
