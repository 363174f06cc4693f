"""Works a kept recommendation out again from what it was made from, and compares every byte."""

from collections.abc import Iterator
from typing import Any

from gis_dispatch.errors import RecommendationNotFound, RoadsNotLoaded
from gis_dispatch.ports import House, Roads, Row
from gis_dispatch.services.keep_recommendation import sealed
from gis_dispatch.services.ranking_documents import FORMAT, Document, canonical, fingerprint
from gis_dispatch.services.ranking_shape import remembered
from gis_dispatch.services.reckon import Question, reckon
from gis_dispatch.services.recommendation_refusals import (
    RecommendationIncomplete,
    RecommendationRoadsGone,
    RecommendationTooOld,
)

MOST_TOLD = 20
"""Differences beyond these say nothing new."""
NOTHING = "-"


def find_recommendation(house: House, id: int) -> Row:
    """A recommendation as it was kept."""
    row = house.store.reads.find("find_recommendation", id=id)
    if row is None:
        raise RecommendationNotFound(id=id)
    return row


def roads_of(house: House, kept: Row) -> tuple[Roads, Question]:
    """The roads and the question of a recommendation, as they were."""
    inputs: Document = kept["inputs"]
    if inputs.get("format") != FORMAT:
        raise RecommendationTooOld(id=kept["id"])
    closures = _document(house, kept, "closures")
    profiles = _document(house, kept, "profiles")
    units = _document(house, kept, "units")
    version = inputs["network_version"]
    try:
        return house.roads.as_of(version, profiles), Question.read(inputs, closures, units)
    except RoadsNotLoaded:
        raise RecommendationRoadsGone(id=kept["id"], version=version) from None


def replay_recommendation(house: House, id: int) -> Row:
    """Whether it comes out the same, and if not, what was kept and what comes out now."""
    kept = find_recommendation(house, id)
    roads, question = roads_of(house, kept)
    inputs, result = canonical(kept["inputs"]), canonical(kept["result"])
    again = remembered(reckon(roads, question))
    found: list[Row] = []
    if sealed(inputs, result) != kept["sha256"]:
        found.append(_difference("sha256", kept["sha256"], sealed(inputs, result)))
    elif canonical(again) != result:
        engine = roads.status().engine
        if engine != question.inputs["engine"]:
            found.append(_difference("engine", question.inputs["engine"], engine))
        found += differences("result", kept["result"], again)
    return {
        "recommendation_id": id,
        "same": not found,
        "sha256": kept["sha256"],
        "made_at": kept["inputs"]["made_at"],
        "network_version": kept["inputs"]["network_version"],
        "differences": found[:MOST_TOLD],
        "difference_count": len(found),
    }


def differences(path: str, then: Any, now: Any) -> Iterator[Row]:
    """Where two documents differ, and what stands there in each."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name in sorted(then.keys() | now.keys()):
            yield from differences(
                f"{path}.{name}", then.get(name, NOTHING), now.get(name, NOTHING)
            )
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from differences(f"{path}[{index}]", one, other)
    elif canonical(then) != canonical(now):
        yield _difference(path, then, now)


def _difference(path: str, then: Any, now: Any) -> Row:
    return {"path": path, "then": then, "now": now}


def _document(house: House, kept: Row, part: str) -> Any:
    sha256 = kept["inputs"][f"{part}_sha256"]
    row = house.store.reads.find("find_kept_document", sha256=sha256)
    if row is None or fingerprint(row["content"]) != sha256:
        raise RecommendationIncomplete(id=kept["id"])
    return row["content"]
