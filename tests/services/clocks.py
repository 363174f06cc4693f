"""What a test agrees beforehand about the time agencies may take, and what it finds raised."""

from typing import Any

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.ports import House
from gis_dispatch.services.manage_referral_clocks import put_referral_clock
from gis_dispatch.services.raise_late_referral import raise_late_referral
from gis_dispatch.services.referral_clocks import planned_raises

ADMIN = Actor(2, "Budi", ADMINISTRATOR)
TIMES = {"acknowledge": 60, "check": 120, "decide": 90}
CHAIN = (
    {"kind": "contact", "title": "Kepala piket", "phone": "0812", "after_s": 60},
    {"kind": "user", "user_id": 2, "after_s": 180},
    {"kind": "role", "role": "lead_operator", "after_s": 300},
)


def agree(house: House, chain: Any = CHAIN, agency: str | None = None, factor: int = 1) -> None:
    """A minute or two at priority 1, twice that at 2, and so on."""
    allowed = [
        {"priority": priority, "step": step, "allowed_s": seconds * priority * factor}
        for priority in (1, 2, 3, 4)
        for step, seconds in TIMES.items()
    ]
    put_referral_clock(house, ADMIN, agency, allowed=allowed, levels=chain)


def look_once(house: House) -> int:
    """What a worker does at one moment: raise everything that is due; how much that was."""
    now = house.clock.now()
    due = [id for id, following in planned_raises(house).items() if following.at <= now]
    return sum(raise_late_referral(house, referral_id) for referral_id in due)


def raised(house: House, referral_id: int) -> list[dict[str, Any]]:
    """Who was told of what a referral owes now."""
    return house.store.reads.all("list_raises", referral_ids=[referral_id])
