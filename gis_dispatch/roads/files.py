"""Folders that are there whole, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder_made_whole(folder: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `folder` in one step; whoever is first with it wins."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".writing-") as making:
        new = Path(making) / folder.name
        new.mkdir()
        yield new
        try:
            os.replace(new, folder)  # noqa: PTH105 - a folder, moved in one step
        except OSError:
            # Another worker was first, with the same content; keep theirs.
            if not folder.is_dir():
                raise
