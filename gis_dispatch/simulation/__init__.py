"""Drives sample units and plays sample cases through the doors that phones and people use."""

from gis_dispatch.simulation.options import Options
from gis_dispatch.simulation.running import run

__all__ = ["Options", "run"]
