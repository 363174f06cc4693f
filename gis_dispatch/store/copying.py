"""COPY of many rows: PostgreSQL reads them as they are made, so that none wait in memory."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO, cast

from psycopg2 import extensions

Rows = Iterable[Sequence[object]]


def copy_rows(connection: extensions.connection, target: str, rows: Rows) -> None:
    """Put all rows into `target`, a table and its columns."""
    # Of a file, psycopg2 uses nothing but `read`.
    lines = cast(TextIO, _Lines(rows))
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {target} FROM STDIN", lines)


class _Lines:
    """Rows as the text that COPY reads, a piece at a time."""

    def __init__(self, rows: Rows) -> None:
        self._lines: Iterator[str] = ("\t".join(map(_field, row)) + "\n" for row in rows)
        self._left = ""

    def read(self, size: int = -1, /) -> str:
        """The next `size` characters; at the end, what is left."""
        pieces, length = [self._left], len(self._left)
        while size < 0 or length < size:
            line = next(self._lines, None)
            if line is None:
                break
            pieces.append(line)
            length += len(line)
        text = "".join(pieces)
        end = len(text) if size < 0 else size
        self._left = text[end:]
        return text[:end]


def _field(value: object) -> str:
    """A value as COPY reads it in text format."""
    if value is None:
        return r"\N"
    escaped = str(value).replace("\\", "\\\\").replace("\0", "")
    return escaped.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
