"""What every world of the laws begins with."""

import pytest


@pytest.fixture(autouse=True)
def phones_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Minutes pass in a moment here: a phone's way of ten points would be too many a second."""
    monkeypatch.setenv("GIS_DISPATCH_PHONE_REPORTS_PER_S", "1000")
