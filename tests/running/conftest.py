"""State folders in every kind of place."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gis_dispatch.running import places


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the database's user may enter (pytest's own may not be)."""
    folder = Path(tempfile.mkdtemp(prefix="gis-dispatch-open-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def closed_folder(open_folder: Path) -> Path:
    """A folder of root's that nobody else may enter, like /root."""
    if os.geteuid() != 0:
        pytest.skip("Only root can make a folder that its database's user may not enter.")
    folder = open_folder / "closed"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def elsewhere(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for /var/lib/gis-dispatch."""
    folder = open_folder / "elsewhere"
    monkeypatch.setattr(places, "ELSEWHERE", folder)
    return folder
