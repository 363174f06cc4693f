"""Named queries: every SELECT the house runs, from sql/queries, each with its sentence."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import aiosql
from psycopg2.extensions import connection as PgConnection  # noqa: N812
from psycopg2.extensions import cursor as PgCursor  # noqa: N812
from psycopg2.extras import Json

from gis_dispatch import errors
from gis_dispatch.ports import Row
from gis_dispatch.store import map_rows

_PARAMETER = re.compile(r"%\((\w+)\)s")
PREPARED_ONCE = "Prepared once."
"""In the sentence of a query that is asked all the time: each connection has it read once, and
planned once where PostgreSQL finds one plan good enough. Without parameters that is always so."""

# What "nothing found" is called, by the word after `get_` in a query's name.
_MISSING: Mapping[str, type[errors.NotFound]] = {
    "call": errors.CallNotFound,
    "incident": errors.IncidentNotFound,
    "referral": errors.ReferralNotFound,
    "assignment": errors.AssignmentNotFound,
    "unit": errors.UnitNotFound,
    "station": errors.StationNotFound,
    "closure": errors.ClosureNotFound,
}


class UnknownQuery(LookupError):
    """There is no such query in sql/queries, or it takes no such parameter."""


class NamedQueries:
    """The text of every named query and the parameters it takes."""

    def __init__(self, folder: Path) -> None:
        loaded: Any = aiosql.from_path(folder, "psycopg2", mandatory_parameters=False)
        self.sql: dict[str, str] = {
            name: getattr(loaded, name).sql
            for name in loaded.available_queries
            if not name.endswith("_cursor")
        }
        self.parameters = {
            name: frozenset(_PARAMETER.findall(text)) for name, text in self.sql.items()
        }
        self.prepared = {
            name: _prepared(name, text)
            for name, text in self.sql.items()
            if not self.parameters[name] or PREPARED_ONCE in (getattr(loaded, name).__doc__ or "")
        }
        """Per query that a connection prepares once: how that is done, and how it is run."""

    def bind(self, query: str, given: Mapping[str, object]) -> tuple[str, dict[str, object]]:
        """A query's text and its values: what is left out is NULL, what is unknown is refused."""
        if query not in self.sql:
            raise UnknownQuery(f"There is no named query {query!r}.")
        unknown = set(given) - self.parameters[query]
        if unknown:
            raise UnknownQuery(f"{query} takes no parameter {', '.join(sorted(unknown))}.")
        values = {name: _adapted(given.get(name)) for name in self.parameters[query]}
        return self.sql[query], values

    def taken(self, query: str, given: Mapping[str, object]) -> dict[str, object]:
        """Of what is given, the parameters that a query takes."""
        if query not in self.sql:
            raise UnknownQuery(f"There is no named query {query!r}.")
        return {name: given[name] for name in self.parameters[query] if name in given}


def _adapted(value: object) -> object:
    """Objects and lists of objects travel as JSON, tuples as one array literal, which is read
    many times faster than an ARRAY of single values; everything else as psycopg2 knows it.
    """
    if isinstance(value, tuple):
        return _array(value)
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(part, dict) for part in value)
    ):
        return Json(value)
    return value


def _array(values: tuple[object, ...]) -> str:
    kinds = set(map(type, values))
    if len(kinds) == 1:  # as a column has it, most of the time; and much of it repeats itself
        write = _IN_ARRAY[kinds.pop()]
        written = {value: write(value) for value in set(values)}
        return "{" + ",".join(map(written.__getitem__, values)) + "}"
    return "{" + ",".join([_IN_ARRAY[type(value)](value) for value in values]) + "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_IN_ARRAY: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _none: "NULL",
    int: str,
    float: repr,
    str: _quoted,
    date: date.isoformat,
    datetime: lambda moment: f'"{moment.isoformat()}"',
}


def _prepared(query: str, text: str) -> tuple[str, str]:
    """(PREPARE, EXECUTE) of a query, its parameters by number."""
    names = list(dict.fromkeys(_PARAMETER.findall(text)))
    numbered = _PARAMETER.sub(lambda found: f"${names.index(found[1]) + 1}", text)
    values = ", ".join(f"%({name})s" for name in names)
    return f"PREPARE {query} AS {numbered}", f"EXECUTE {query}" + (f" ({values})" if values else "")


def _prepare_once(connection: PgConnection, cursor: PgCursor, query: str, prepare: str) -> None:
    """Reading and planning what is always the same can take longer than running it."""
    known = _known.setdefault(connection, set())
    if query not in known:
        cursor.execute(prepare, {})
        known.add(query)


def _names(cursor: PgCursor) -> list[str]:
    return [column.name for column in cursor.description or ()]


@cache
def named_queries(folder: Path) -> NamedQueries:
    """The queries of a folder, read once."""
    return NamedQueries(folder)


# What each connection has prepared already, for as long as it lives.
_known: WeakKeyDictionary[PgConnection, set[str]] = WeakKeyDictionary()


class QueryReads:
    """Runs named queries on a connection that `borrow` lends for as long as one query takes."""

    def __init__(
        self,
        queries: NamedQueries,
        borrow: Callable[[], AbstractContextManager[PgConnection]],
    ) -> None:
        self._queries = queries
        self._borrow = borrow
        self._columns: dict[str, dict[str, int]] = {}
        self._asked = Lock()

    @contextmanager
    def _run(self, query: str, parameters: Mapping[str, object]) -> Iterator[PgCursor]:
        text, values = self._queries.bind(query, parameters)
        with self._borrow() as connection, connection.cursor() as cursor:
            if prepared := self._queries.prepared.get(query):
                prepare, text = prepared
                _prepare_once(connection, cursor, query, prepare)
            cursor.execute(text, values)
            yield cursor

    def find(self, query: str, /, **parameters: object) -> Row | None:
        """The first row, or None."""
        with self._run(query, parameters) as cursor:
            row = cursor.fetchone()
            return None if row is None else dict(zip(_names(cursor), row, strict=True))

    def one(self, query: str, /, **parameters: object) -> Row:
        """The one row, or a NotFound refusal."""
        row = self.find(query, **parameters)
        if row is None:
            thing = query.removeprefix("get_").split("_")[0]
            identity = parameters.get("id", next(iter(parameters.values()), ""))
            raise _MISSING.get(thing, errors.NotFound)(what=thing, id=identity)
        return row

    def all(self, query: str, /, **parameters: object) -> list[Row]:
        """Every row."""
        with self._run(query, parameters) as cursor:
            names = _names(cursor)
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def value(self, query: str, /, **parameters: object) -> Any:
        """The first column of the first row, or None."""
        row = self.find(query, **parameters)
        return None if row is None else next(iter(row.values()))

    def run(self, query: str, /, **parameters: object) -> int:
        """Run a named statement; how many rows it touched."""
        with self._run(query, parameters) as cursor:
            return cursor.rowcount

    def columns(self, query: str, /) -> dict[str, int]:
        """The columns a query returns, each with its type's number; asked of the server once."""
        with self._asked:
            if query not in self._columns:
                text, values = self._queries.bind(query, {})
                with self._borrow() as connection, connection.cursor() as cursor:
                    cursor.execute(map_rows.described(text), values)
                    self._columns[query] = {c.name: c.type_code for c in cursor.description or ()}
            return self._columns[query]

    def features(self, query: str, /, **given: object) -> list[Row]:
        """Rows of a layer's query, `geometry` as GeoJSON; what it does not take is left out."""
        return self._mapped(query, map_rows.as_features, given, {})

    def tile(self, query: str, name: str, z: int, x: int, y: int, /, **given: object) -> bytes:
        """One vector tile of a layer's query, its layer called `name`."""
        place = {"tile_name": name, "tile_z": z, "tile_x": x, "tile_y": y}
        rows = self._mapped(query, map_rows.as_tile, given, place)
        return bytes(rows[0]["tile"] or b"")

    def _mapped(
        self,
        query: str,
        door: Callable[[str, Mapping[str, int]], str],
        given: Mapping[str, object],
        place: Mapping[str, object],
    ) -> list[Row]:
        # Not prepared: a plan that fits every box is a plan that reads everything.
        text, values = self._queries.bind(query, self._queries.taken(query, given))
        wrapped = door(text, self.columns(query))
        with self._borrow() as connection, connection.cursor() as cursor:
            cursor.execute(wrapped, {**values, **place})
            names = _names(cursor)
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
