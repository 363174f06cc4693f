"""Where is that? Names in our own gazetteer, and coordinates in the forms people send them."""

from gis_dispatch.geocoding.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
