"""A span to take along, without words and names of people; that it was taken is an event."""

from dataclasses import replace

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import House, Row
from gis_dispatch.services.replay_sight import sight_of
from gis_dispatch.services.replay_span import replay_span
from gis_dispatch.services.replay_spans import Span

MOST_EXPORTED_EVENTS = 20_000
MOST_EXPORTED_POINTS = 400_000


class ReplayTooLarge(BadInput):
    """{field}: this span holds {events} events and {points} positions. At most {most_events} and {most_points} can be exported at once; choose a shorter span."""  # noqa: E501


def export_replay(house: House, actor: Actor, span: Span) -> Row:
    """The picture at the start, every event, every closure's shape and every track."""
    reads = house.store.reads
    asked = {"from_at": span.from_at, "to_at": span.to_at}
    held = reads.one("count_replay", **asked)
    if held["events"] > MOST_EXPORTED_EVENTS or held["points"] > MOST_EXPORTED_POINTS:
        raise ReplayTooLarge(
            field="to", events=held["events"], points=held["points"],
            most_events=MOST_EXPORTED_EVENTS, most_points=MOST_EXPORTED_POINTS,
        )  # fmt: skip
    sight = replace(sight_of(actor), words=False)
    part = replay_span(house, span, sight)
    taken = part
    while part["more"]:
        part = replay_span(house, span, sight, after=part["events"][-1]["id"])
        taken["events"] += part["events"]
    tracks = reads.all("replay_tracks", every_s=1, only_agency=sight.only_agency, **asked)
    with house.store.transaction() as tx:
        tx.events.append(
            actor,
            "replay.exported",
            house.clock.now(),
            incident_id=span.incident_id,
            data={
                "from": span.from_at.isoformat(), "to": span.to_at.isoformat(),
                "events": len(taken["events"]), "points": held["points"],
            },
        )  # fmt: skip
    return {**taken, "closures": reads.all("replay_closures", **asked), "tracks": tracks}
