"""Folders that are there whole, or not at all, although several processes make and remove them."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")

UNUSED_S = 3600.0
"""A folder that nobody opened or made for so long may be removed: whoever still uses it has its
files mapped, and an import has long made current what it prepared."""
LEFT_BEHIND_S = 86_400.0
"""So old is only what a process that ended in the middle left behind."""
TRIES = 3
UNREADABLE = (
    FileNotFoundError, NotADirectoryError, EOFError, ValueError, KeyError, TypeError,
)  # fmt: skip
"""What reading says of a folder that is missing, being removed, or half there."""


@contextmanager
def folder_made_whole(folder: Path) -> Iterator[Path]:
    """A folder to fill, which becomes `folder` in one step; whoever is first with it wins."""
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


def kept(folder: Path, read: Callable[[Path], Found], write: Callable[[Path], None]) -> Found:
    """What `read` finds in a folder; `write` fills it where it is missing or in pieces.

    FileNotFoundError: there is no folder to put it in.
    """
    for _ in range(TRIES):
        try:
            found = read(folder)
        except UNREADABLE:
            remove_folder(folder)
            with folder_made_whole(folder) as new:
                write(new)
        else:
            with suppress(OSError):  # somebody else's folder is used all the same
                os.utime(folder)
            return found
    return read(folder)


def remove_folder(folder: Path) -> None:
    """Remove a folder, if it is there: first from its name, so that nobody finds half of it."""
    with (
        suppress(FileNotFoundError),
        tempfile.TemporaryDirectory(
            dir=folder.parent, prefix=".removing-", ignore_cleanup_errors=True
        ) as grave,
    ):
        folder.rename(Path(grave) / folder.name)


def remove_unused(folders: Iterable[Path]) -> None:
    """Remove those of these folders that nobody opened or made within the hour.

    Names with a dot are being written or removed by another process.
    """
    now = time.time()
    for folder in folders:
        with suppress(OSError):  # gone already, or not ours to remove: the next time, then
            unused_s = now - folder.stat().st_mtime
            if not folder.name.startswith("."):
                if folder.is_dir() and unused_s > UNUSED_S:
                    remove_folder(folder)
            elif unused_s > LEFT_BEHIND_S:
                shutil.rmtree(folder)
