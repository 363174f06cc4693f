"""Refusals of what is not there."""

from gis_dispatch.errors.base import NotFound


class CallNotFound(NotFound):
    """There is no call {id}."""


class IncidentNotFound(NotFound):
    """There is no incident {id}."""


class ReferralNotFound(NotFound):
    """There is no referral {id}."""


class AssignmentNotFound(NotFound):
    """There is no assignment {id}."""


class UnitNotFound(NotFound):
    """There is no unit {id}."""


class StationNotFound(NotFound):
    """There is no station {id}."""


class ClosureNotFound(NotFound):
    """There is no road closure {id}."""


class RecommendationNotFound(NotFound):
    """There is no recommendation {id}."""


class DeliveryNotFound(NotFound):
    """There is no case delivery {id}."""
