"""Drives sample units and plays sample cases through the doors that phones and people use."""
