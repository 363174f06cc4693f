"""Refusals of recommendations that cannot be worked out again."""

from gis_dispatch.errors import Conflict


class RecommendationTooOld(Conflict):
    """Recommendation {id} was kept by an earlier version, without all that it was made from."""


class RecommendationIncomplete(Conflict):
    """Recommendation {id} cannot be worked out again: part of what it was made from is gone."""


class RecommendationRoadsGone(Conflict):
    """Recommendation {id} cannot be worked out again: its road network {version} is not kept."""


class RecommendationRoadsReplaced(Conflict):
    """Recommendation {id} was made on earlier roads. Ask for a new ranking to have it explained."""
