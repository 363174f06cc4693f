"""A road is closed or slowed; every open ranking reckons with it at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from gis_dispatch.domain.closure import EFFECTS, Closure
from gis_dispatch.domain.geometry import check_geometry
from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import PeriodBackwards, SpeedMissing, TimeWithoutZone
from gis_dispatch.ports import House
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import choice, known_profiles, number_in, required_text


def close_road(
    house: House,
    actor: Actor,
    *,
    geometry: Mapping[str, Any],
    effect: str = "closed",
    speed_kph: float | None = None,
    depth_cm: float | None = None,
    profiles: Sequence[str] | None = None,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    sample: bool = False,
) -> Closure:
    """Keep a closure: where, what it does, to which vehicles, from when to when, and why."""
    require_sample(actor, sample)
    check_geometry(geometry)
    choice("effect", effect, EFFECTS)
    if effect == "slowed" and speed_kph is None:
        raise SpeedMissing(field="speed_kph")
    for profile in profiles or ():
        choice("profiles", profile, known_profiles(house))
    now = house.clock.now()
    begins = now if starts_at is None else starts_at
    for field, moment in (("starts_at", begins), ("ends_at", ends_at)):
        if moment is not None and moment.tzinfo is None:
            raise TimeWithoutZone(field=field, given=moment.isoformat())
    if ends_at is not None and ends_at <= begins:
        raise PeriodBackwards(
            field="ends_at", ends_at=ends_at.isoformat(), starts_at=begins.isoformat()
        )
    with house.store.transaction() as tx:
        closure = tx.closures.add(
            geometry=dict(geometry),
            effect=effect,
            speed_kph=number_in("speed_kph", speed_kph, 1, 150) if effect == "slowed" else None,
            depth_cm=number_in("depth_cm", depth_cm, 1, 1000),
            profiles=tuple(profiles) if profiles else None,
            reason=required_text("reason", reason, 500),
            source=actor.source,
            starts_at=begins,
            ends_at=ends_at,
            created_by=actor.user_id,
            created_at=now,
            sample=sample,
        )
        tx.events.append(
            actor,
            "closure.made",
            now,
            closure_id=closure.id,
            data={
                "effect": effect,
                "reason": closure.reason,
                "depth_cm": depth_cm,
                "starts_at": begins.isoformat(),
                "ends_at": ends_at.isoformat() if ends_at else None,
            },
        )
        return closure
