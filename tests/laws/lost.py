"""What an act brought into the world whose answer was lost: whoever asked looks, and finds it."""

from typing import Any

from tests.consoles.town import Town
from tests.laws.knowing import Act, Model
from tests.laws.looking import read


def what_was_made(town: Town, model: Model, act: Act, newest: dict[str, int]) -> Any:
    """The body of the answer as far as it is needed; None when there is nothing."""
    if act.name == "ring":
        return _one(read(town, "SELECT id FROM calls WHERE external_id = %(key)s", key=act.key))
    if act.name == "record":
        return _one(read(town, "SELECT id FROM incidents WHERE description = %(key)s", key=act.key))
    if act.name == "give_shift":
        return _one(read(town, "SELECT id FROM handovers WHERE note = %(key)s", key=act.key))
    if act.name == "order_move":
        return _items(town, "moves", newest, "unit_id = %(unit)s", unit=act.id)
    if act.name == "assign":
        where = "referral_id = %(id)s AND unit_id = %(unit)s"
        return _items(town, "assignments", newest, where, id=act.id, unit=act.other)
    of = model.referrals[act.id]["incident"] if act.name == "pass_on" else act.id
    rows = read(
        town,
        "SELECT id, agency_code FROM referrals WHERE incident_id = %(of)s AND id > %(newest)s",
        of=of, newest=newest["referrals"],
    )  # fmt: skip
    if act.name == "alarm":
        return {"referrals": [{"id": id, "agency": {"code": agency}} for id, agency in rows]}
    made = [{"id": id} for id, agency in rows if agency == act.word]
    if act.name == "pass_on":
        return made[0] if made else None
    return {"items": made} if made else None


def _one(rows: list[tuple[Any, ...]]) -> Any:
    return {"id": rows[0][0]} if rows else None


def _items(town: Town, table: str, newest: dict[str, int], where: str, **values: Any) -> Any:
    rows = read(
        town,
        f"SELECT id FROM {table} WHERE {where} AND id > %(newest)s",
        newest=newest[table], **values,
    )  # fmt: skip
    return {"items": [{"id": row[0]} for row in rows]} if rows else None
