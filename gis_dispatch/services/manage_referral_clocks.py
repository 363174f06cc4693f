"""The time an agency is allowed for each step of a referral, and the chain a late one goes up."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from gis_dispatch.domain.people import DISPATCHER, LEAD_OPERATOR, OPERATOR, Actor
from gis_dispatch.domain.referral_clock import STEPS
from gis_dispatch.errors import AgencyUnknown
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.admin_refusals import (
    AllowancesMissing,
    ChainOutOfOrder,
    ChainTooLong,
    ContactOfOtherAgency,
    PersonUnknown,
)
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import agency, number, record, text, text_or_none

PRIORITIES = (1, 2, 3, 4)
KINDS = ("role", "user", "contact")
CHAIN_ROLES = (DISPATCHER, OPERATOR, LEAD_OPERATOR)
LEAST_S, MOST_S = 10, 86_400
MOST_LEVELS = 9


def put_referral_clock(
    house: House,
    actor: Actor,
    agency_code: str | None,
    *,
    allowed: Sequence[Mapping[str, Any]],
    levels: Sequence[Mapping[str, Any]],
) -> None:
    """Replace both for one agency, or (None) for every agency without its own.

    An agency follows the rule of all where it has no time, and their chain where it has no level.
    """
    with house.store.transaction() as tx:
        if agency_code is not None:
            agency(tx, agency_code, "code")
        times = [_allowance(at, one, agency_code) for at, one in enumerate(allowed)]
        given = {(one["priority"], one["step"]) for one in times}
        if agency_code is None and len(given) < len(PRIORITIES) * len(STEPS):
            raise AllowancesMissing(field="allowed")
        if len(levels) > MOST_LEVELS:
            raise ChainTooLong(field="levels", given=len(levels), most=MOST_LEVELS)
        chain = [_level(tx, at, one, agency_code) for at, one in enumerate(levels)]
        for at, (below, above) in enumerate(pairwise(chain), start=1):
            if above["after_s"] <= below["after_s"]:
                raise ChainOutOfOrder(field=f"levels.{at}.after_s", level=at + 1)
        tx.run("clear_allowances", agency=agency_code)
        # The last one counts, should a step have been given twice.
        kept = {(one["priority"], one["step"]): one for one in times}
        if kept:
            tx.run("add_allowances", rows=list(kept.values()))
        tx.run("clear_levels", agency=agency_code)
        if chain:
            tx.run("add_levels", rows=chain)
        record(tx, house, actor, "agency.clock_changed", agency_code=agency_code)


def read_referral_clock(house: House, agency_code: str | None) -> Row:
    """What was agreed for one agency alone, or (None) for all, and the agency's own number."""
    reads = house.store.reads
    found = reads.find("find_agency", code=agency_code)
    if agency_code is not None and found is None:
        raise AgencyUnknown(field="code", given=agency_code)
    return {
        "agency_code": agency_code,
        "phone": found["phone"] if found else None,
        "allowed": reads.all("list_allowances", agency=agency_code),
        "levels": reads.all("list_levels", agency=agency_code),
    }


def _allowance(at: int, given: Mapping[str, Any], agency_code: str | None) -> Row:
    return {
        "agency_code": agency_code,
        "priority": number(given["priority"], f"allowed.{at}.priority", 1, 4),
        "step": choice(f"allowed.{at}.step", given["step"], STEPS),
        "allowed_s": number(given["allowed_s"], f"allowed.{at}.allowed_s", LEAST_S, MOST_S),
    }


def _level(tx: Transaction, at: int, given: Mapping[str, Any], agency_code: str | None) -> Row:
    field = f"levels.{at}"
    kind = choice(f"{field}.kind", given["kind"], KINDS)
    row = {
        "agency_code": agency_code,
        "level": at + 1,
        "after_s": number(given["after_s"], f"{field}.after_s", 1, MOST_S),
        "kind": kind,
        "role": None,
        "user_id": None,
        "title": text_or_none(given.get("title"), f"{field}.title"),
        "phone": text_or_none(given.get("phone"), f"{field}.phone", most=30),
        "contact_id": None,
    }
    if kind == "role":
        row["role"] = choice(f"{field}.role", given.get("role") or "", CHAIN_ROLES)
    elif kind == "user":
        row["user_id"] = user_id = given.get("user_id")
        if not tx.all("list_people_told", user_id=user_id or 0):
            raise PersonUnknown(field=f"{field}.user_id", given=user_id)
    else:
        row["title"] = text(given.get("title"), f"{field}.title")
        row["contact_id"] = _contact(tx, given.get("contact_id"), field, agency_code)
    return row


def _contact(
    tx: Transaction, contact_id: int | None, field: str, agency_code: str | None
) -> int | None:
    """A contact of the agency whose chain it is; the chain of all has none."""
    if contact_id is None:
        return None
    found = tx.find("find_contact", id=contact_id)
    if found is None or found["agency_code"] != agency_code:
        raise ContactOfOtherAgency(field=f"{field}.contact_id", given=contact_id)
    return contact_id
