"""What the file of facts may say of the time allowed to agencies and of the chain above them."""

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from gis_dispatch.domain.referral_clock import STEPS
from gis_dispatch.services.facts_models import Fact, Name, Priority, Slug

AllowedS = Annotated[int, Field(ge=10, le=86_400)]


class Allowed(Fact):
    """What every agency is allowed at one priority, or one agency alone."""

    agency: Slug | None = None
    priority: Priority
    acknowledge_s: AllowedS
    check_s: AllowedS
    decide_s: AllowedS


class Level(Fact):
    """One level of the chain."""

    agency: Slug | None = None
    to: Literal["dispatcher", "operator", "lead_operator", "contact"]
    after_s: int = Field(ge=1, le=86_400)
    title: Name | None = None
    phone: str | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> "Level":
        if self.to == "contact" and self.title is None:
            raise ValueError("a contact needs a title")
        return self


class ReferralClocks(Fact):
    """The file as a whole."""

    allowed: tuple[Allowed, ...]
    levels: tuple[Level, ...]

    @model_validator(mode="after")
    def _whole(self) -> "ReferralClocks":
        for_all = {one.priority for one in self.allowed if one.agency is None}
        if for_all != {1, 2, 3, 4}:
            raise ValueError("give the allowed times of every agency at priorities 1 to 4")
        for agency in {level.agency for level in self.levels}:
            after = [level.after_s for level in self.levels if level.agency == agency]
            if after != sorted(set(after)):
                raise ValueError("each level comes later than the one before it")
        return self

    def allowances(self) -> list[dict[str, Any]]:
        """As the database holds them: a row for each step."""
        return [
            {
                "agency_code": one.agency,
                "priority": one.priority,
                "step": step,
                "allowed_s": getattr(one, f"{step}_s"),
            }
            for one in self.allowed
            for step in STEPS
        ]

    def chain(self) -> list[dict[str, Any]]:
        """As the database holds them, counted from 1 for each agency."""
        counted: dict[str | None, int] = {}
        rows = []
        for level in self.levels:
            counted[level.agency] = number = counted.get(level.agency, 0) + 1
            contact = level.to == "contact"
            rows.append(
                {
                    "agency_code": level.agency,
                    "level": number,
                    "after_s": level.after_s,
                    "kind": "contact" if contact else "role",
                    "role": None if contact else level.to,
                    "title": level.title,
                    "phone": level.phone,
                }
            )
        return rows
