"""How many people of which skill units of a type need, as an administrator says it."""

from collections.abc import Mapping, Sequence
from typing import Any

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House, Reads, Row
from gis_dispatch.services.facts_files import read_readiness
from gis_dispatch.services.inputs import choice
from gis_dispatch.services.manage_common import number, record


def list_crew_needs(reads: Reads) -> list[Row]:
    """Every type of unit with what its crew needs."""
    needs: dict[str, list[Row]] = {}
    for row in reads.all("list_crew_needs"):
        needs.setdefault(row["type_code"], []).append(
            {"skill": row["skill"], "number": row["number"]}
        )
    return [
        {
            **{name: one[name] for name in ("code", "name_id", "name_en", "icon", "unit_count")},
            "needs": needs.get(one["code"], []),
        }
        for one in reads.all("list_unit_types")
    ]


def put_crew_needs(
    house: House, actor: Actor, type_code: str, needs: Sequence[Mapping[str, Any]]
) -> None:
    """Exactly these; a type that needs nobody in particular has none."""
    known = tuple(read_readiness().skills)
    rows = {
        choice("skill", one["skill"], known): number(one["number"], "number", 1, 20)
        for one in needs
    }
    with house.store.transaction() as tx:
        choice("code", type_code, [row["code"] for row in tx.all("list_unit_types")])
        tx.run("clear_crew_needs", type=type_code)
        if rows:
            given = [{"skill": skill, "number": many} for skill, many in rows.items()]
            tx.run("fill_crew_needs", type=type_code, rows=given)
        record(tx, house, actor, "crew_needs.changed", type_code=type_code, needs=rows)
