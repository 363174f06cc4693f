"""Referrals with a clock: what is late, who takes it in hand, and what was agreed beforehand."""

from gis_dispatch.consoles.api.admin_shapes import CodePath
from gis_dispatch.consoles.api.document import resource
from gis_dispatch.consoles.api.shapes import IdPath
from gis_dispatch.consoles.api.shapes_clocks import (
    AgreedClock,
    LateQuery,
    LateReferrals,
    ReferralClockBody,
)
from gis_dispatch.consoles.api.shapes_incidents import Referral
from gis_dispatch.consoles.api.viewing import agency_seen, referral_answer
from gis_dispatch.consoles.context import current_actor, current_house
from gis_dispatch.consoles.roles import needs
from gis_dispatch.ports import Row
from gis_dispatch.services.list_late_referrals import list_late_referrals
from gis_dispatch.services.manage_referral_clocks import put_referral_clock, read_referral_clock
from gis_dispatch.services.take_over_referral import take_over_referral

blueprint = resource("referral_clocks", "Referrals")


@blueprint.get("/referrals/late", responses={200: LateReferrals})
@needs("referrals.late")
def list_late(query: LateQuery) -> Row:
    """List every late step, worst first, and who was told; a dispatcher sees the own agency's."""
    return {"items": list_late_referrals(current_house(), agency_seen(query.agency))}


@blueprint.post("/referrals/<int:id>/take-over", responses={200: Referral})
@needs("referrals.take_over")
def take_over(path: IdPath) -> Row:
    """Take a late step in hand; the chain above it rests for five minutes."""
    take_over_referral(current_house(), current_actor(), path.id)
    return referral_answer(path.id)


@blueprint.get("/referral-clock", responses={200: AgreedClock})
@needs("agencies.manage")
def common_clock() -> Row:
    """Read the times and the chain of every agency that has none of its own."""
    return read_referral_clock(current_house(), None)


@blueprint.put("/referral-clock", responses={200: AgreedClock})
@needs("agencies.manage")
def save_common_clock(body: ReferralClockBody) -> Row:
    """Replace the times and the chain of every agency that has none of its own."""
    put_referral_clock(current_house(), current_actor(), None, **body.model_dump())
    return read_referral_clock(current_house(), None)


@blueprint.get("/agencies/<code>/referral-clock", responses={200: AgreedClock})
@needs("agencies.manage")
def clock_of_agency(path: CodePath) -> Row:
    """Read the times and the chain that one agency has of its own."""
    return read_referral_clock(current_house(), path.code)


@blueprint.put("/agencies/<code>/referral-clock", responses={200: AgreedClock})
@needs("agencies.manage")
def save_clock_of_agency(path: CodePath, body: ReferralClockBody) -> Row:
    """Replace what one agency has of its own; where it has nothing it follows the rule of all."""
    put_referral_clock(current_house(), current_actor(), path.code, **body.model_dump())
    return read_referral_clock(current_house(), path.code)
