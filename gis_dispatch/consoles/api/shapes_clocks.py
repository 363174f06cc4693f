"""Shapes of late referrals, and of the times and chains that an administrator sets."""

from typing import Literal

from pydantic import AwareDatetime, Field

from gis_dispatch.consoles.api.shapes import Body, Query, Shape


class ToldOfLateness(Shape):
    """One level that was told."""

    level: int = Field(description="0: the lateness itself, on the screens.")
    raised_at: AwareDatetime
    kind: str
    role: str | None
    title: str | None
    names: list[str] = Field(description="Of people with an account, or of the gateway's contact.")
    phone: str | None = Field(description="To call; of a contact.")


class NextLevel(Shape):
    """Who is told next, and when, if nobody acts."""

    level: int
    role: str | None
    title: str | None
    at: AwareDatetime


class LateReferral(Shape):
    """A step of a referral that is late, with the incident and whom it was told."""

    referral_id: int
    status: str
    step: str
    due_at: AwareDatetime
    incident_id: int
    number: str
    kind: str
    kind_name_id: str
    kind_name_en: str
    icon: str | None
    priority: int
    place: str | None
    sample: bool
    agency_code: str
    agency_name: str
    agency_phone: str | None
    taken_at: AwareDatetime | None
    taken_by: str | None
    told: list[ToldOfLateness]
    next: NextLevel | None


class LateReferrals(Shape):
    """Late steps, worst first."""

    items: list[LateReferral]


class LateQuery(Query):
    """Whose lateness."""

    agency: str | None = None


class Allowance(Body):
    """How long one step may take at one priority."""

    priority: int
    step: Literal["acknowledge", "check", "decide"]
    allowed_s: int


class ChainLevelBody(Body):
    """One level of a chain: a role, a person with an account, or a contact."""

    after_s: int = Field(description="Seconds after the step was due.")
    kind: Literal["role", "user", "contact"]
    role: str | None = Field(default=None, description="dispatcher, operator or lead_operator")
    user_id: int | None = None
    title: str | None = None
    phone: str | None = None
    contact_id: int | None = Field(default=None, description="Told by the gateway as well.")


class ReferralClockBody(Body):
    """The times and the chain of one agency, or of all."""

    allowed: list[Allowance]
    levels: list[ChainLevelBody]


class ChainLevel(Shape):
    """One level of a chain, as it is kept."""

    level: int
    after_s: int
    kind: str
    role: str | None
    user_id: int | None
    user_name: str | None
    user_active: bool
    title: str | None
    phone: str | None
    contact_id: int | None
    contact_name: str | None
    contact_way: str | None


class AgreedClock(Shape):
    """What was agreed for one agency alone (`agency_code` null: for all without their own)."""

    agency_code: str | None
    phone: str | None
    allowed: list[Allowance]
    levels: list[ChainLevel]
