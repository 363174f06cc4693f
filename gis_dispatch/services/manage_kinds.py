"""Kinds of emergency and their sub-kinds: add one, change one, take one out of use."""

from collections.abc import Mapping
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import KindUnknown
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import KindNotFound, NameTaken
from gis_dispatch.services.manage_common import code, number, record, text

CHANGEABLE = ("name_id", "name_en", "icon", "default_priority", "emergency", "active")


def add_kind(
    house: House,
    actor: Actor,
    *,
    kind_code: str,
    name_id: str,
    name_en: str,
    parent_code: str | None = None,
    icon: str | None = None,
    default_priority: int | None = None,
    emergency: bool | None = None,
) -> str:
    """The full code of the new kind; a sub-kind takes from its kind what is left out."""
    code(kind_code, "code")
    with house.store.transaction() as tx:
        parent = tx.find("find_kind", code=parent_code) if parent_code else None
        if parent_code and (parent is None or parent["parent_code"]):
            raise KindUnknown(field="parent_code", given=parent_code)
        full = f"{parent_code}.{kind_code}" if parent_code else kind_code
        if tx.find("find_kind", code=full) is not None:
            raise NameTaken(name=full)
        usual = parent or {"icon": "other", "default_priority": 3, "emergency": True}
        tx.run(
            "add_kind",
            code=full,
            parent=parent_code or None,
            name_id=text(name_id, "name_id"),
            name_en=text(name_en, "name_en"),
            icon=text(icon or usual["icon"], "icon", most=40),
            priority=number(
                default_priority or usual["default_priority"], "default_priority", 1, 4
            ),
            emergency=usual["emergency"] if emergency is None else emergency,
        )
        record(tx, house, actor, "kind.changed", code=full, name=name_en)
    return full


def change_kind(house: House, actor: Actor, kind_code: str, changes: Mapping[str, Any]) -> None:
    """Changes what is given. One out of use is no longer offered; cases of it stay."""
    with house.store.transaction() as tx:
        before = tx.find("find_kind", code=kind_code)
        if before is None:
            raise KindNotFound(id=kind_code)
        wanted = {**{name: before[name] for name in CHANGEABLE}, **changes}
        after = {
            "name_id": text(wanted["name_id"], "name_id"),
            "name_en": text(wanted["name_en"], "name_en"),
            "icon": text(wanted["icon"], "icon", most=40),
            "default_priority": number(wanted["default_priority"], "default_priority", 1, 4),
            "emergency": bool(wanted["emergency"]),
            "active": bool(wanted["active"]),
        }
        tx.run("change_kind", code=kind_code, changes=after)
        record(tx, house, actor, "kind.changed", code=kind_code)
