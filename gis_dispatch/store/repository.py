"""One table as frozen records: get (one or refuse), find (maybe one), list, add, update."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import JSON, ColumnElement, Connection, Row, Table, func, insert, select, update
from sqlalchemy import cast as sql_cast

from gis_dispatch.errors import NotFound

T = TypeVar("T")


def point_of(lon: float, lat: float) -> ColumnElement[Any]:
    """A WGS 84 point, (lon, lat) in that order."""
    return func.ST_SetSRID(func.ST_MakePoint(lon, lat), 4326)


class TableRepository(Generic[T]):
    """Reads and writes one table as records of one frozen dataclass."""

    def __init__(
        self, connection: Connection, table: Table, record: type[T], missing: type[NotFound]
    ) -> None:
        self._connection = connection
        self._table = table
        self._record = record
        self._missing = missing
        self._names = [field.name for field in fields(cast(Any, record))]
        self._columns = [self._column(name) for name in self._names]

    def _column(self, name: str) -> ColumnElement[Any]:
        columns = self._table.c
        if name == "lon":
            return func.ST_X(columns.point).label("lon")
        if name == "lat":
            return func.ST_Y(columns.point).label("lat")
        if name == "geometry":
            return sql_cast(func.ST_AsGeoJSON(columns.geom, 7), JSON).label("geometry")
        return cast(ColumnElement[Any], columns[name])

    def _stored(self, values: dict[str, Any]) -> dict[str, Any]:
        stored = dict(values)
        if "lon" in stored:
            lon, lat = stored.pop("lon"), stored.pop("lat")
            stored["point"] = None if lon is None else point_of(lon, lat)
        if "geometry" in stored:
            shape = func.ST_GeomFromGeoJSON(sql_cast(stored.pop("geometry"), JSON))
            stored["geom"] = func.ST_SetSRID(func.ST_MakeValid(shape), 4326)
        if isinstance(stored.get("profiles"), tuple):
            stored["profiles"] = list(stored["profiles"])
        return stored

    def _made(self, row: Row[Any]) -> T:
        values = (tuple(value) if isinstance(value, list) else value for value in row)
        return self._record(**dict(zip(self._names, values, strict=True)))

    def find(self, id: int, *, lock: bool = False) -> T | None:
        """The record, or None."""
        query = select(*self._columns).where(self._table.c.id == id)
        if lock:
            # NO KEY UPDATE: two writers wait for each other, rows that refer to this one do not.
            query = query.with_for_update(key_share=True)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else self._made(row)

    def get(self, id: int, *, lock: bool = False) -> T:
        """The record, or its NotFound refusal."""
        found = self.find(id, lock=lock)
        if found is None:
            raise self._missing(id=id)
        return found

    def list(self, **equal: object) -> Sequence[T]:
        """Records whose columns equal these values, by id."""
        query = select(*self._columns).order_by(self._table.c.id)
        for name, value in equal.items():
            query = query.where(self._table.c[name] == value)
        return [self._made(row) for row in self._connection.execute(query)]

    def add(self, **values: object) -> T:
        """A new record, as the database keeps it."""
        statement = insert(self._table).values(**self._stored(values)).returning(*self._columns)
        return self._made(self._connection.execute(statement).one())

    def update(self, id: int, **values: object) -> T:
        """The record with these values, as the database keeps it, or its NotFound refusal."""
        statement = (
            update(self._table)
            .where(self._table.c.id == id)
            .values(**self._stored(values))
            .returning(*self._columns)
        )
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            raise self._missing(id=id)
        return self._made(row)
