"""Works a kept recommendation out again, to see that it comes out the same."""

import json
from typing import Any

import click

from gis_dispatch.ports import Row
from gis_dispatch.running.commands.common import answer, as_json
from gis_dispatch.running.commands.house import open_house
from gis_dispatch.services.replay_recommendation import replay_recommendation

LONGEST = 100


@click.command("replay")
@click.argument("recommendation", type=click.IntRange(min=1))
@as_json
def replay(recommendation: int, json_wanted: bool) -> None:
    """Work RECOMMENDATION out again from what it was made from, and compare every byte.

    Units, closures, vehicle profiles and the road network are taken as they were kept, not as they
    are today. Exits with 0 where the same comes out, with 1 and what differs where it does not.

    \b
    Example:
      gis-dispatch replay 4711
    """
    with open_house() as house:
        found = replay_recommendation(house, recommendation)
    answer(found, json_wanted, _text(found))
    if not found["same"]:
        raise click.exceptions.Exit(1)


def _text(found: Row) -> str:
    name = f"Recommendation {found['recommendation_id']} of {found['made_at']}"
    if found["same"]:
        return f"{name} comes out the same, byte for byte.\nsha256 {found['sha256']}"
    lines = [f"{name} does NOT come out the same ({found['difference_count']} differences):"]
    for line in found["differences"]:
        lines.append(f"  {line['path']}\n    then  {_short(line['then'])}")
        lines.append(f"    now   {_short(line['now'])}")
    return "\n".join(lines)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
