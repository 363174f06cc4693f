"""GIS Dispatch: one 112 call, from the ring to the monthly report, on real roads."""

__version__ = "0.1.0"
