"""Simulated callers, an operator and dispatchers: sample cases go through the whole procedure."""

import asyncio
import logging
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from gis_dispatch.simulation.doors import Doors, Refused
from gis_dispatch.simulation.drive import LonLat
from gis_dispatch.simulation.people import Act, agencies_to_ask, next_acts, units_to_send
from gis_dispatch.simulation.ways import Ways

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
LOOK_AGAIN_AFTER_S = 12.0
FIRST_CALLS_AFTER_S = (1.0, 15.0, 40.0)
MOST_OPEN = 6
CITY_RADIUS_M = 1800.0
NUISANCE_SHARE = 0.35
ONLY_SAMPLE = {
    "id": "Simulasi: hanya unit contoh yang dikirim",
    "en": "Simulation: only sample units are sent",
}
NUISANCES = ("prank", "hantu", "informasi", "salah_sambung")


@dataclass
class Desk:
    """The call centre and the agencies' desks of the sample city."""

    doors: Doors
    ways: Ways
    random: Random
    middles: list[LonLat]
    """Around these places things happen: the stations, where people live."""
    fleet: Collection[int]
    telephony: str
    operator: str
    dispatchers: Mapping[str, str]
    """A token for each agency that has simulated units."""
    speed: float
    locale: str
    open_numbers: set[str] = field(default_factory=set)
    _seen: dict[int, tuple[object, float, list[Act]]] = field(default_factory=dict)

    async def take_calls(self, per_hour: float) -> None:
        """Calls come in, a few at once at first, so that a visitor sees something happen."""
        began = asyncio.get_running_loop().time()
        for after_s in FIRST_CALLS_AFTER_S:
            await asyncio.sleep(began + after_s / self.speed - asyncio.get_running_loop().time())
            if len(self.open_numbers) < MOST_OPEN:
                await self._try_call(emergency=True)
        while True:
            await asyncio.sleep(self.random.expovariate(per_hour / 3600) / self.speed)
            if len(self.open_numbers) < MOST_OPEN:
                await self._try_call(emergency=self.random.random() >= NUISANCE_SHARE)

    async def handle_cases(self) -> None:
        """Do what is due for every open sample case, for as long as the simulator runs."""
        while True:
            try:
                await self._round()
            except Refused as refused:
                log.warning("simulator: %s", refused)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _try_call(self, *, emergency: bool) -> None:
        try:
            await self._call(emergency=emergency)
        except Refused as refused:
            log.warning("simulator: a call was refused: %s", refused)

    async def _call(self, *, emergency: bool) -> None:
        found = await self.ways.place_near(self.middles, CITY_RADIUS_M, self.random)
        if found is None:
            return
        (lon, lat), street = found
        number = f"0812{self.random.randrange(10**8):08d}"
        call = await self.doors.post(
            self.telephony,
            "/calls",
            {
                "caller_number": number,
                "lon": lon,
                "lat": lat,
                "accuracy_m": 60,
                "location_method": "aml",
                "sample": True,
            },
        )
        await self._pause(2, 5)
        await self.doors.post(self.operator, f"/calls/{call['id']}/answer")
        if not emergency:
            await self._pause(5, 15)
            disposition = {"disposition": self.random.choice(NUISANCES)}
            await self.doors.post(self.operator, f"/calls/{call['id']}/close", disposition)
            return
        await self._pause(7, 14)
        sample = self.random.choice(sample_calls())
        body = {
            "call_id": call["id"],
            "kind": sample["kind"],
            "priority": sample["priority"],
            "description": sample[f"description_{self.locale}"],
            "lon": lon,
            "lat": lat,
            "accuracy_m": 15,
            "method": "pin",
            "address": street,
            "caller_number": number,
            "verified": True,
            "sample": True,
        }
        case = await self.doors.post(self.operator, "/incidents", body)
        self.open_numbers.add(case["number"])

    async def _round(self) -> None:
        answer = await self.doors.get(self.operator, "/incidents", status="open")
        cases = [one for one in answer["items"] if one["sample"]]
        self.open_numbers = {one["number"] for one in cases}
        self._seen = {id: seen for id, seen in self._seen.items() if id in {c["id"] for c in cases}}
        for summary in cases:
            now = asyncio.get_running_loop().time()
            state = (summary["status"], summary["version"], str(summary["agencies"]))
            before, looked_at, acts = self._seen.get(summary["id"], (None, 0.0, []))
            if before != state or now - looked_at > LOOK_AGAIN_AFTER_S:
                case = await self.doors.get(self.operator, f"/incidents/{summary['id']}")
                acts = next_acts(case, self.speed)
                self._seen[summary["id"]] = (state, now, acts)
            due = [act for act in acts if act.at <= datetime.now(UTC)]
            if due:
                del self._seen[summary["id"]]
                await self._try_act(summary, due[0])

    async def _try_act(self, case: Mapping[str, Any], act: Act) -> None:
        try:
            await self._act(case, act)
        except Refused as refused:
            # A real person was quicker, or all units are out: look again next time.
            log.info("simulator: %s for %s: %s", act.verb, case["number"], refused)

    async def _act(self, case: Mapping[str, Any], act: Act) -> None:
        if act.who == "operator":
            await (self._refer(case) if act.verb == "refer" else self._close(case))
            return
        token = self.dispatchers.get(act.who)
        if token is None:
            return
        path = f"/referrals/{act.referral['id']}"
        if act.verb == "acknowledge":
            await self.doors.post(token, f"{path}/acknowledge")
        elif act.verb == "check_readiness":
            fit = dict.fromkeys(("crew_ok", "equipment_ok", "vehicle_ok", "ready"), True)
            await self.doors.post(token, f"{path}/readiness", fit)
        elif act.verb == "accept":
            await self.doors.post(token, f"{path}/accept")
        elif act.verb == "send_units":
            await self._send_units(token, case, act)
        elif act.verb == "complete":
            await self.doors.post(token, f"{path}/complete")

    async def _refer(self, case: Mapping[str, Any]) -> None:
        proposal = await self.doors.get(self.operator, f"/incidents/{case['id']}/proposal")
        agencies = agencies_to_ask(proposal["items"], self.dispatchers)
        if not agencies:
            agencies = [self.random.choice(sorted(self.dispatchers))]
        path = f"/incidents/{case['id']}/referrals"
        await self.doors.post(self.operator, path, {"agencies": agencies})

    async def _send_units(self, token: str, case: Mapping[str, Any], act: Act) -> None:
        path = f"/incidents/{case['id']}"
        ranking = await self.doors.get(token, f"{path}/ranking", agency=act.who)
        lead = act.referral["role"] == "lead"
        unit_ids, overrules = units_to_send(ranking, case["priority"], self.fleet, lead=lead)
        if not unit_ids:
            return
        body = {
            "referral_id": act.referral["id"],
            "unit_ids": unit_ids,
            "recommendation_id": ranking["recommendation_id"],
            "overrule_reason": ONLY_SAMPLE[self.locale] if overrules else None,
        }
        await self.doors.post(token, f"{path}/assignments", body)

    async def _close(self, case: Mapping[str, Any]) -> None:
        told = next((one for one in sample_calls() if one["kind"] == case["kind"]), None)
        told = told or sample_calls()[0]
        body = {
            "outcome": told[f"outcome_{self.locale}"],
            "summary": told[f"summary_{self.locale}"],
            "casualties": {},
        }
        await self.doors.post(self.operator, f"/incidents/{case['id']}/close", body)

    async def _pause(self, least_s: float, most_s: float) -> None:
        await asyncio.sleep(self.random.uniform(least_s, most_s) / self.speed)


def sample_calls() -> list[dict[str, Any]]:
    """What people of the sample city call about, from its file."""
    text = (Path(__file__).parent / "sample_calls.toml").read_text(encoding="utf-8")
    calls: list[dict[str, Any]] = tomllib.loads(text)["calls"]
    return calls
