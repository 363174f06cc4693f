"""Cells of files that people open in a spreadsheet: nothing in them is ever a formula."""

from typing import Any

STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> Any:
    """A text that a spreadsheet would work out is marked as text; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(STARTS) else value
