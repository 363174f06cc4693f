"""The rules: pure values and functions; no clock, no input or output, no framework."""
