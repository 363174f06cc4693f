"""Metadata and the column shapes that every table shares."""

from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Identity, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql.base import ischema_names
from sqlalchemy.types import TypeEngine, UserDefinedType

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ROLES = ("operator", "lead_operator", "dispatcher", "crew", "planner", "administrator")
TOKEN_ROLES = (*ROLES, "telephony", "simulator", "receiver")
STAMP_SOURCES = ("operator", "device", "import", "simulator", "system")
LOCATION_METHODS = ("pin", "gazetteer", "coordinates", "plus_code", "aml", "link")


class TransactionId(UserDefinedType[str]):
    """PostgreSQL's number of a transaction, which never begins anew."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        """The name of the type."""
        return "xid8"


ischema_names["xid8"] = TransactionId


def identity() -> Column[int]:
    """The bigint primary key that people may read out over the radio."""
    return Column("id", BigInteger, Identity(always=False), primary_key=True)


def stamp(name: str, **options: Any) -> Column[Any]:
    """A point in time; always with its zone."""
    return Column(name, DateTime(timezone=True), **options)


def point(name: str = "point", **options: Any) -> Column[Any]:
    """A place on earth, (lon, lat), WGS 84."""
    return Column(name, Geometry("POINT", srid=4326, spatial_index=False), **options)


def transaction_id(name: str, **options: Any) -> Column[Any]:
    """Which transaction wrote a row."""
    return Column(name, TransactionId(), **options)


def document(name: str, **options: Any) -> Column[Any]:
    return Column(name, JSONB, **options)


def text(name: str, *args: Any, **options: Any) -> Column[Any]:
    kind: TypeEngine[str] = String()
    return Column(name, kind, *args, **options)


def one_of(column: str, values: tuple[str, ...], name: str) -> CheckConstraint:
    """The words a column may hold; NULL passes, as everywhere in SQL."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def forward(table: str, *columns: str) -> CheckConstraint:
    """Times of one record never run backwards: each stamp is not before any earlier one."""
    pairs = [
        f"({later} IS NULL OR {earlier} IS NULL OR {later} >= {earlier})"
        for index, later in enumerate(columns)
        for earlier in columns[:index]
    ]
    return CheckConstraint(" AND ".join(pairs), name=f"times_forward_{table}")
