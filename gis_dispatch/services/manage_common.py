"""Checks that every screen of the administrator needs: text, choices, codes, places."""

import math
import re

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import (
    AgencyUnknown,
    CoordinatesOutOfRange,
    NumberOutOfRange,
)
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.admin_refusals import CodeUnusable
from gis_dispatch.services.inputs import required_text

CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
LONGEST_NAME = 120


def text(value: str | None, field: str, *, most: int = LONGEST_NAME) -> str:
    """Words that must be there, on one line."""
    return required_text(field, " ".join((value or "").split()), most)


def text_or_none(value: str | None, field: str, *, most: int = LONGEST_NAME) -> str | None:
    """Words that may be left out."""
    return text(value, field, most=most) if (value or "").strip() else None


def code(value: str, field: str) -> str:
    """A new code, that other records will refer to."""
    if not CODE.match(value):
        raise CodeUnusable(field=field, given=value)
    return value


def number(value: int, field: str, least: int, most: int) -> int:
    """A whole number within bounds."""
    if not least <= value <= most:
        raise NumberOutOfRange(field=field, given=value, least=least, most=most)
    return value


def place(lon: float, lat: float) -> str:
    """A (lon, lat) as the database takes it in a record of changes."""
    for field, value, most in (("lon", lon, 180), ("lat", lat, 90)):
        if not math.isfinite(value) or abs(value) > most:
            raise CoordinatesOutOfRange(field=field, given=value)
    return f"SRID=4326;POINT({lon!r} {lat!r})"


def agency(tx: Transaction, value: str, field: str = "agency_code") -> str:
    """The code of an agency in use."""
    found = tx.find("find_agency", code=value)
    if found is None or not found["active"]:
        raise AgencyUnknown(field=field, given=value)
    return value


def record(
    tx: Transaction,
    house: House,
    actor: Actor,
    kind: str,
    *,
    unit_id: int | None = None,
    agency_code: str | None = None,
    **data: object,
) -> None:
    """One event for what an administrator did."""
    tx.events.append(
        actor, kind, house.clock.now(), unit_id=unit_id, agency_code=agency_code, data=data
    )
