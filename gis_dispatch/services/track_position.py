"""Where units are: judges each position, keeps the track, moves the unit to what is newer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from gis_dispatch.domain.people import SIMULATOR, Actor
from gis_dispatch.domain.tracking import Judgement, LastKnown, Report, Sent, judge_in_turn
from gis_dispatch.errors import Forbidden, NotFound, OnlySample
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.passwords import hash_token

SEEN_EVERY = timedelta(seconds=10)
COLUMNS = (
    "unit_ids", "device_ids", "recorded_ats", "received_ats", "lons", "lats", "accuracies_m",
    "speeds_kph", "headings_deg", "batteries_percent", "sources", "judgements",
)  # fmt: skip
"""What a position is written of, as the statements that write many at once name it."""


class DeviceUnknown(NotFound):
    """This device is not known here, or it was revoked. Ask an administrator for a new token."""


class PositionOfOtherUnit(Forbidden):
    """You may report positions only for your own unit."""


@dataclass(frozen=True, slots=True)
class Received:
    """A report with the token of the device that sent it, and when it came in."""

    token: str
    report: Report
    at: datetime


def track_device(house: House, token: str, report: Report) -> Judgement:
    """One position from a phone that is known by its token."""
    [outcome] = track_devices(house, [Received(token, report, house.clock.now())])
    if isinstance(outcome, DeviceUnknown):
        raise outcome
    return outcome


def track_devices(house: House, received: Sequence[Received]) -> list[Judgement | DeviceUnknown]:
    """Positions from many phones, in the order in which they came and in one transaction.

    An unknown phone spoils nothing for the others. Tokens are looked up in the transaction itself,
    so a revoked one is refused at once.
    """
    hashes = {one.token: hash_token(one.token) for one in received}
    with house.store.transaction() as tx:
        found = tx.all("find_devices_by_token", token_hashes=tuple(hashes.values()))
        devices = {row["token_hash"]: row for row in found}
        sent: dict[int, Sent] = {}
        for number, one in enumerate(received):
            device = devices.get(hashes[one.token])
            if device is not None:
                source = "simulator" if device["simulated"] else "device"
                sent[number] = Sent(device["unit_id"], device["id"], source, one.report, one.at)
        _note_seen(tx, found, house.clock.now())
        judged = dict(zip(sent, _keep(house, tx, list(sent.values())), strict=True))
    return [judged.get(number) or DeviceUnknown() for number in range(len(received))]


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
        now = house.clock.now()
        return _keep(house, tx, [Sent(unit_id, None, source, one, now) for one in reports])


def _keep(house: House, tx: Transaction, sent: Sequence[Sent]) -> list[Judgement]:
    """Judges and writes; the units' rows are held, so that nobody judges by the same place."""
    if not sent:
        return []
    units = tuple({one.unit_id for one in sent})
    last = {
        row.pop("unit_id"): LastKnown(**row)
        for row in tx.all("hold_last_positions", unit_ids=units)
    }
    kept_since = house.clock.now() - timedelta(days=house.position_days)
    judgements = judge_in_turn(sent, last, kept_since)
    kept, shown = [], {}
    for one, judgement in zip(sent, judgements, strict=True):
        if judgement.kept:
            row = _row(one, judgement)
            kept.append(row)
            if judgement.shown:
                shown[one.unit_id] = row
    if kept:
        # In one order for everybody: two who write the same moments must not block each other.
        kept.sort(key=lambda row: (row[0], row[2]))
        tx.all("make_position_days", days=tuple({row[2].astimezone(UTC).date() for row in kept}))
        tx.run("keep_positions", **_columns(kept))
    if shown:
        # Last, as numbers in commit order are given under a lock that others wait for.
        tx.run("show_positions", **_columns(list(shown.values())))
    return judgements


def _row(one: Sent, judgement: Judgement) -> tuple[Any, ...]:
    report = one.report
    return (
        one.unit_id, one.device_id, judgement.recorded_at, one.received_at, report.lon, report.lat,
        report.accuracy_m, report.speed_kph, report.heading_deg, report.battery_percent,
        one.source, judgement.text,
    )  # fmt: skip


def _columns(rows: Sequence[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))


def _note_seen(tx: Transaction, devices: Sequence[Row], now: datetime) -> None:
    stale = tuple(
        device["id"]
        for device in devices
        if device["last_seen_at"] is None or now - device["last_seen_at"] > SEEN_EVERY
    )
    if stale:
        tx.run("note_devices_seen", ids=stale, seen_at=now)
