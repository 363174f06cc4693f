"""A call comes in: from the telephone system, or noted by an operator."""

from collections.abc import Mapping
from datetime import datetime

from gis_dispatch.domain.call import CHANNELS, Call
from gis_dispatch.domain.incident import METHODS
from gis_dispatch.domain.people import Actor
from gis_dispatch.domain.places import check_coordinates
from gis_dispatch.errors import CoordinatesOutOfRange, RuleBroken
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.guards import require_sample
from gis_dispatch.services.inputs import choice, number_in, optional_text
from gis_dispatch.services.moments import moment_of


def take_call(
    house: House,
    actor: Actor,
    *,
    caller_number: str | None,
    caller_name: str | None = None,
    channel: str = "phone",
    external_id: str | None = None,
    received_at: datetime | None = None,
    lon: float | None = None,
    lat: float | None = None,
    accuracy_m: float | None = None,
    location_method: str | None = None,
    sample: bool = False,
) -> Call:
    """Keep a new call; one reported again under the same `external_id` is that same call."""
    require_sample(actor, sample)
    choice("channel", channel, CHANNELS)
    if (lon is None) != (lat is None):
        raise CoordinatesOutOfRange(field="lon" if lon is None else "lat", given="-")
    if lon is not None and lat is not None:
        check_coordinates(lon, lat)
        location_method = choice("location_method", location_method or "pin", METHODS)
    number_in("accuracy_m", accuracy_m, 0, 1_000_000)
    at = moment_of(house, received_at, field="received_at")
    values = {
        "channel": channel,
        "caller_number": optional_text("caller_number", caller_number, 40),
        "caller_name": optional_text("caller_name", caller_name, 200),
        "external_id": optional_text("external_id", external_id, 200),
        "received_at": at,
        "lon": lon,
        "lat": lat,
        "accuracy_m": accuracy_m,
        "location_method": location_method if lon is not None else None,
        "sample": sample,
    }
    try:
        with house.store.transaction() as tx:
            return _known(tx, external_id) or _taken(tx, actor, at, values)
    except RuleBroken:
        # The telephone system reported it twice at the same instant: the other one was first.
        with house.store.transaction() as tx:
            known = _known(tx, external_id)
        if known is None:
            raise
        return known


def _known(tx: Transaction, external_id: str | None) -> Call | None:
    if not external_id:
        return None
    found = tx.find("find_call_by_external_id", external_id=external_id.strip())
    return None if found is None else tx.calls.get(found["id"])


def _taken(tx: Transaction, actor: Actor, at: datetime, values: Mapping[str, object]) -> Call:
    call = tx.calls.add(**values)
    tx.events.append(
        actor,
        "call.received",
        at,
        call_id=call.id,
        data={"channel": call.channel, "located": call.lon is not None},
    )
    return call
