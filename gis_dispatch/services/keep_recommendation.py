"""Keeps a ranking as it was shown, with all that it was made from and one hash over both."""

from datetime import datetime, timedelta

from gis_dispatch.domain.people import Actor
from gis_dispatch.ports import House
from gis_dispatch.services.rank_place import Reckoning
from gis_dispatch.services.ranking_documents import canonical, facts_written, sha256_of
from gis_dispatch.services.ranking_shape import remembered

MARK_AGAIN = timedelta(hours=1)
"""How old the mark of a document in use may be: one that many share is seldom written."""


def keep_recommendation(house: House, actor: Actor, incident_id: int, made: Reckoning) -> int:
    """Keep it; its number. What many share (closures, profiles, units) is kept once."""
    made_at = datetime.fromisoformat(made.inputs["made_at"])
    agency = made.inputs["agency"]
    closures, profiles = canonical(made.closures), canonical(dict(made.profiles))
    units, units_sha256 = facts_written(made.units)
    hashes = {
        "closures_sha256": sha256_of(closures),
        "profiles_sha256": sha256_of(profiles),
        "units_sha256": units_sha256,
    }
    inputs = canonical(made.inputs | hashes)
    kept = remembered(made.ranking)
    result = canonical(kept)
    order = [line["unit"]["id"] for line in kept["ranked"]]
    with house.store.transaction() as tx:
        added = tx.one(
            "add_recommendation",
            incident_id=incident_id,
            agency=agency,
            made_at=made_at,
            made_by=actor.user_id,
            inputs=inputs,
            result=result,
            sha256=sealed(inputs, result),
            network_version=made.inputs["network_version"],
            ranked_ids=order,
            since=made_at - MARK_AGAIN,
            **hashes,
        )
        shared = dict(zip(hashes.values(), (closures, profiles, units), strict=True))
        for sha256 in sorted(shared.keys() - set(added["known"])):
            tx.run("keep_document", sha256=sha256, content=shared[sha256], at=made_at)
        # A desk asks again and again; only another order is news.
        if added["last_ranked_ids"] != order:
            tx.events.append(
                actor,
                "ranking.made",
                made_at,
                incident_id=incident_id,
                agency_code=agency,
                data={
                    "recommendation_id": added["id"],
                    "first": kept["ranked"][0]["unit"]["call_sign"] if order else None,
                },
            )
    return int(added["id"])


def sealed(inputs: str, result: str) -> str:
    """The SHA-256 over both canonical documents, as one document."""
    return sha256_of(f'{{"inputs":{inputs},"result":{result}}}')
