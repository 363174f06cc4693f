"""Where units are: judges each position, keeps the track, moves the unit to what is newer."""

from collections.abc import Sequence
from dataclasses import dataclass

from gis_dispatch.domain.people import SIMULATOR, Actor
from gis_dispatch.domain.tracking import Judgement, LastKnown, Report, judge
from gis_dispatch.errors import Forbidden, NotFound, OnlySample
from gis_dispatch.ports import House, Transaction
from gis_dispatch.services.passwords import hash_token


class DeviceUnknown(NotFound):
    """This device is not known here, or it was revoked. Ask an administrator for a new token."""


class PositionOfOtherUnit(Forbidden):
    """You may report positions only for your own unit."""


@dataclass(frozen=True, slots=True)
class _Sender:
    """Who speaks for a unit, and how."""

    unit_id: int
    device_id: int | None
    source: str


def track_device(house: House, token: str, report: Report) -> Judgement:
    """One position from a phone that is known by its token."""
    with house.store.transaction() as tx:
        device = tx.find("find_device_by_token", token_hash=hash_token(token))
        if device is None:
            raise DeviceUnknown
        source = "simulator" if device["simulated"] else "device"
        judgement = _track(house, tx, _Sender(device["unit_id"], device["id"], source), report)
        tx.run("note_device_seen", id=device["id"], seen_at=house.clock.now())
        return judgement


def track_positions(
    house: House, actor: Actor, unit_id: int, reports: Sequence[Report]
) -> list[Judgement]:
    """Positions of one unit from a signed-in crew or the simulator, in one transaction."""
    with house.store.transaction() as tx:
        unit = tx.units.get(unit_id)
        if actor.role == SIMULATOR:
            if not unit.sample:
                raise OnlySample
        elif actor.unit_id != unit_id:
            raise PositionOfOtherUnit
        source = "simulator" if actor.role == SIMULATOR else "field"
        sender = _Sender(unit_id, None, source)
        return [_track(house, tx, sender, report) for report in reports]


def _track(house: House, tx: Transaction, sender: _Sender, report: Report) -> Judgement:
    received_at = house.clock.now()
    row = tx.find("lock_last_position", unit_id=sender.unit_id)
    last = None if row is None else LastKnown(**row)
    judgement = judge(report, last, received_at, fast_forward=sender.source == "simulator")
    if judgement.kept:
        values = {
            "unit_id": sender.unit_id,
            "device_id": sender.device_id,
            "recorded_at": judgement.recorded_at,
            "received_at": received_at,
            "lon": report.lon,
            "lat": report.lat,
            "accuracy_m": report.accuracy_m,
            "speed_kph": report.speed_kph,
            "heading_deg": report.heading_deg,
            "battery_percent": report.battery_percent,
            "source": sender.source,
            "judgement": judgement.text,
        }
        tx.run("keep_position", **values)
        if judgement.shown:
            tx.run("show_position", **values)
    return judgement
