"""Turns what PostgreSQL refuses into a named refusal, by the name of the broken rule."""

import re
from collections.abc import Callable, Mapping

import psycopg2
from psycopg2 import errorcodes
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gis_dispatch import errors
from gis_dispatch.domain.words import word
from gis_dispatch.ports import Row
from gis_dispatch.services.move_refusals import UnitIsMoving, UnitIsOutAlready

Find = Callable[..., Row | None]

_KEY = re.compile(r"Key \((?P<names>[^)]*)\)=\((?P<values>[^)]*)\)")
_MACHINES = ("incident", "referral", "assignment", "unit", "call", "move")
_STATE_ORDER = {f"{machine}_state_order" for machine in _MACHINES}
_EVIDENCE = {
    f"{machine}_{rule}" for machine in _MACHINES for rule in ("evidence", "stamps", "taken_back")
}
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
_UNUSABLE = (
    errorcodes.NUMERIC_VALUE_OUT_OF_RANGE,
    errorcodes.DATETIME_FIELD_OVERFLOW,
    errorcodes.UNTRANSLATABLE_CHARACTER,
    errorcodes.CHARACTER_NOT_IN_REPERTOIRE,
)


def refusal_of(error: Exception, find: Find) -> errors.Refusal | None:
    """The refusal for a database error, or None when it is a defect of ours.

    `find` runs a named query after the failed transaction, to put names into the sentence.
    """
    if isinstance(error, PoolTimeout):
        return errors.TooBusy()
    if isinstance(error, ValueError):
        # What psycopg2 says of a text with a zero byte, which PostgreSQL cannot hold.
        return errors.ValueUnusable() if "NUL" in str(error) else None
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
    if cause.pgcode in _UNUSABLE:
        return errors.ValueUnusable()
    rule = cause.diag.constraint_name
    return _for_rule(rule, cause, find) if rule else None


def _for_rule(rule: str, cause: psycopg2.Error, find: Find) -> errors.Refusal | None:
    if rule in _SENTENCES:
        return _SENTENCES[rule](cause, find)
    if rule in _STATE_ORDER:
        return errors.StateOrderBroken()
    if rule in _EVIDENCE:
        return errors.StepWithoutEvidence()
    if rule.startswith("times_forward_"):
        return errors.TimesOutOfOrder()
    if cause.pgcode in (
        errorcodes.CHECK_VIOLATION,
        errorcodes.UNIQUE_VIOLATION,
        errorcodes.FOREIGN_KEY_VIOLATION,
    ):
        return errors.RuleBroken(rule=rule)
    return None


def _unit_taken(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("find_open_assignment_of_unit", unit_id=int(_key(cause).get("unit_id", "0"))) or {}
    return errors.UnitAlreadyAssigned(
        unit=row.get("call_sign", "?"), incident=row.get("incident_number", "?")
    )


def _unit_moving(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    """By an index, which tells the key, or by a guard, which tells the unit's number."""
    unit_id = int(_key(cause).get("unit_id") or _number(cause) or 0)
    row = find("find_open_move_of_unit", unit_id=unit_id) or {}
    return UnitIsMoving(unit=row.get("call_sign", "?"), station=row.get("station", "?"))


def _unit_out(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("find_unit_name", id=_number(cause)) or {}
    return UnitIsOutAlready(unit=row.get("call_sign", "?"))


def _unit_out_on_duty(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("find_open_assignment_of_unit", unit_id=_number(cause)) or {}
    return errors.UnitIsOut(
        unit=row.get("call_sign", "?"), incident=row.get("incident_number", "?")
    )


def _agency_has_it(cause: psycopg2.Error, _find: Find) -> errors.Refusal:
    return errors.AgencyAlreadyReferred(agency=_key(cause).get("agency_code", "?"))


def _title_taken(cause: psycopg2.Error, _find: Find) -> errors.Refusal:
    return errors.LayerTitleTaken(title=next(iter(_key(cause).values()), "?"))


def _number_taken(cause: psycopg2.Error, _find: Find) -> errors.Refusal:
    key = _key(cause)
    return errors.NumberOfPersonTaken(
        agency=key.get("agency_code", "?"), number=key.get("number", "?")
    )


def _unit_not_available(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("find_unit_name", id=_number(cause)) or {}
    return errors.UnitNotAvailable(
        unit=row.get("call_sign", "?"), duty=word(str(row.get("duty", "?")))
    )


def _unit_of_other_agency(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("find_unit_name", id=_number(cause)) or {}
    return errors.UnitOfOtherAgency(
        unit=row.get("call_sign", "?"), agency=row.get("agency_code", "?")
    )


def _not_accepted(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("get_referral", id=_number(cause)) or {"agency": {"code": "?"}}
    return errors.ReferralNotAccepted(agency=row["agency"]["code"])


def _units_at_work(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    row = find("find_units_at_work", referral_id=_number(cause)) or {}
    return errors.UnitsStillOut(number=row.get("number", "?"), units=row.get("units", "?"))


def _units_of_incident_at_work(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    number = _incident_number(cause)
    row = find("find_units_of_incident_at_work", number=number) or {}
    return errors.UnitsStillOut(number=number, units=row.get("units", "?"))


def _incident_number(cause: psycopg2.Error) -> str:
    found = re.search(r"incident (\S+)", cause.diag.message_primary or "")
    return found[1] if found else "?"


def _agencies_at_work(cause: psycopg2.Error, find: Find) -> errors.Refusal:
    number = _incident_number(cause)
    row = find("find_agencies_at_work", number=number) or {}
    return errors.ReferralsStillOpen(number=number, agencies=row.get("agencies", "?"))


_SENTENCES: Mapping[str, Callable[[psycopg2.Error, Find], errors.Refusal]] = {
    "one_open_assignment_per_unit": _unit_taken,
    "one_open_referral_per_agency": _agency_has_it,
    "one_open_move_per_unit": _unit_moving,
    "moved_unit_is_free": _unit_out,
    "unit_not_available": _unit_not_available,
    "unit_out_is_on_duty": _unit_out_on_duty,
    "unit_moving_is_on_duty": _unit_moving,
    "assignment_unit_of_agency": _unit_of_other_agency,
    "assignment_needs_accepted_referral": _not_accepted,
    "referral_completed_needs_units_clear": _units_at_work,
    "incident_resolved_needs_referrals_done": _agencies_at_work,
    "incident_ends_without_units": _units_of_incident_at_work,
    "incident_not_duplicate_of_itself": lambda cause, _find: errors.DuplicateOfItself(
        field="of_incident_id", number=_incident_number(cause)
    ),
    "incident_closed_needs_report": lambda _cause, _find: errors.ClosingReportMissing(),
    "uq_uploaded_layers_title_id": _title_taken,
    "uq_uploaded_layers_title_en": _title_taken,
    "one_unit_per_person_at_a_time": lambda _cause, _find: errors.PersonPlannedMeanwhile(),
    "one_person_per_number": _number_taken,
    "one_waiting_handover_per_desk": lambda _cause, _find: errors.HandoverWaits(),
    "handover_taken_by_another": lambda _cause, _find: errors.HandoverNeedsAnother(),
    "events_append_only": lambda _cause, _find: errors.HistoryIsFixed(),
}


def _key(cause: psycopg2.Error) -> dict[str, str]:
    found = _KEY.search(cause.diag.message_detail or "")
    if not found:
        return {}
    names, values = found["names"].split(", "), found["values"].split(", ")
    return dict(zip(names, values, strict=False))


def _number(cause: psycopg2.Error) -> int | None:
    found = re.search(r"\d+", cause.diag.message_primary or "")
    return int(found.group()) if found else None
