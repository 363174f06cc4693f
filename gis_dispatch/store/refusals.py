"""Turns what PostgreSQL refuses into a named refusal, by the name of the broken rule."""

import re
from collections.abc import Callable

import psycopg2
from psycopg2 import errorcodes
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gis_dispatch import errors
from gis_dispatch.domain.words import word
from gis_dispatch.ports import Row

Find = Callable[..., Row | None]

_KEY = re.compile(r"Key \((?P<names>[^)]*)\)=\((?P<values>[^)]*)\)")
_STATE_ORDER = {"referral_state_order", "assignment_state_order", "incident_state_order"}
_AWAY = (
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
)
_BUSY = (
    errorcodes.DEADLOCK_DETECTED,
    errorcodes.SERIALIZATION_FAILURE,
    errorcodes.LOCK_NOT_AVAILABLE,
    errorcodes.QUERY_CANCELED,
    errorcodes.TOO_MANY_CONNECTIONS,
)


def refusal_of(error: Exception, find: Find) -> errors.Refusal | None:
    """The refusal for a database error, or None when it is a defect of ours.

    `find` runs a named query after the failed transaction, to put names into the sentence.
    """
    if isinstance(error, PoolTimeout):
        return errors.TooBusy()
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg2.Error):
        return None
    if cause.pgcode in _BUSY:
        return errors.TooBusy()
    if cause.pgcode in _AWAY or (
        cause.pgcode is None
        and isinstance(cause, psycopg2.OperationalError | psycopg2.InterfaceError)
    ):
        return errors.DatabaseUnavailable()
    rule = cause.diag.constraint_name
    return _for_rule(rule, cause, find) if rule else None


def _for_rule(rule: str, cause: psycopg2.Error, find: Find) -> errors.Refusal | None:
    key = _key(cause.diag.message_detail or "")
    if rule == "one_open_assignment_per_unit":
        row = find("find_open_assignment_of_unit", unit_id=int(key.get("unit_id", "0"))) or {}
        return errors.UnitAlreadyAssigned(
            unit=row.get("call_sign", "?"), incident=row.get("incident_number", "?")
        )
    if rule == "one_open_referral_per_agency":
        return errors.AgencyAlreadyReferred(agency=key.get("agency_code", "?"))
    if rule == "unit_not_available":
        row = find("find_unit_name", id=_number(cause)) or {}
        return errors.UnitNotAvailable(
            unit=row.get("call_sign", "?"), duty=word(str(row.get("duty", "?")))
        )
    if rule in _STATE_ORDER:
        return errors.StateOrderBroken()
    if rule.startswith("times_forward_"):
        return errors.TimesOutOfOrder()
    if rule == "events_append_only":
        return errors.HistoryIsFixed()
    if rule == "incident_closed_needs_report":
        return errors.ClosingReportMissing()
    if rule == "incident_resolved_needs_referrals_done":
        return errors.ReferralsStillOpen(number=_number(cause) or "?", agencies="?")
    if cause.pgcode in (
        errorcodes.CHECK_VIOLATION,
        errorcodes.UNIQUE_VIOLATION,
        errorcodes.FOREIGN_KEY_VIOLATION,
    ):
        return errors.RuleBroken(rule=rule)
    return None


def _key(detail: str) -> dict[str, str]:
    found = _KEY.search(detail)
    if not found:
        return {}
    names, values = found["names"].split(", "), found["values"].split(", ")
    return dict(zip(names, values, strict=False))


def _number(cause: psycopg2.Error) -> int | None:
    found = re.search(r"\d+", cause.diag.message_primary or "")
    return int(found.group()) if found else None
