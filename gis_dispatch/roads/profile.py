"""A vehicle profile: what a vehicle may use, how fast it is there, and what stops it."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from gis_dispatch.roads.access import VEHICLE_TAGS, let_in, narrowest_m, parts
from gis_dispatch.roads.refusals import ProfileOutdated
from gis_dispatch.roads.tags import DEFAULT_SPEED_KPH


def _one_of(known: Collection[str]) -> AfterValidator:
    def check(word: str) -> str:
        if word not in known:
            raise PydanticCustomError("word_unknown", "there is none", {"known": tuple(known)})
        return word

    return AfterValidator(check)


RoadClass = Annotated[str, _one_of(DEFAULT_SPEED_KPH)]
VehicleTag = Annotated[str, _one_of(VEHICLE_TAGS)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_:-]*$", max_length=60)]
# Written in one order, so that the same facts have the same hash.
Words = Annotated[frozenset[Word], PlainSerializer(sorted)]
VehicleTags = Annotated[frozenset[VehicleTag], PlainSerializer(sorted)]
RoadClasses = Annotated[frozenset[RoadClass], PlainSerializer(sorted)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
SpeedKph = Annotated[float, Field(ge=0, le=200, strict=True)]
Factor = Annotated[float, Field(ge=0, le=1.5, strict=True)]
YesNo = Annotated[bool, Field(strict=True)]


_MAIN = {
    "name", "name_id", "name_en", "width_m", "height_m", "weight_t", "top_speed_kph",
    "foot_speed_kph", "fording_depth_cm",
}  # fmt: skip


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Contraflow(_Facts):
    """Whether one-ways may be driven against their direction, and how slowly."""

    allowed: YesNo
    speed_kph: float = Field(ge=1, le=30, strict=True)
    never_on: RoadClasses
    roundabouts: YesNo = False


class TurnRestrictions(_Facts):
    """Which signs at junctions (OSM type=restriction) this vehicle follows."""

    obeyed: YesNo
    freed_by: VehicleTags
    """Words of `except=…` that free it."""
    bound_as: VehicleTags
    """Words of `restriction:…=…` that concern it."""


class Barriers(_Facts):
    """What stops it at one point of a road, unless tags there say otherwise."""

    stopped_by: Words
    width_needed_at: Words
    """Kinds that stop it unless a width is mapped there that is enough."""


class Profile(_Facts):
    """What a vehicle may use and how fast it is there."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    name_id: Name
    name_en: Name
    width_m: float = Field(ge=0.1, le=6, strict=True)
    height_m: float = Field(ge=0.1, le=6, strict=True)
    weight_t: float = Field(ge=0.01, le=100, strict=True)
    top_speed_kph: float = Field(ge=1, le=200, strict=True)
    limit_factor: float = Field(ge=0.1, le=2, strict=True)
    limit_lift: float = Field(ge=1, le=10, strict=True)
    foot_speed_kph: float = Field(ge=1, le=10, strict=True)
    fording_depth_cm: float = Field(ge=0, le=300, strict=True)
    fording_speed_kph: float = Field(ge=1, le=50, strict=True)
    access_tags: tuple[VehicleTag, ...] = Field(min_length=1)
    denied_access: Words
    width_needed_on: Words
    max_gap_m: float = Field(ge=1, le=50_000, strict=True)
    speeds_kph: Mapping[RoadClass, SpeedKph] = Field(min_length=1)
    service_factor: Mapping[Word, Factor]
    surface_factor: Mapping[Word, Factor]
    contraflow: Contraflow
    turn_restrictions: TurnRestrictions
    barriers: Barriers

    def facts(self) -> dict[str, Any]:
        """Everything the profile says, as JSON could hold it; `profile_of` reads it again."""
        return self.model_dump(mode="json")

    def main_facts(self) -> dict[str, Any]:
        """What people ask of a profile first: how large, how fast, what it dares."""
        return {
            **self.model_dump(include=_MAIN),
            "one_ways_against": self.contraflow.allowed,
            "turn_signs": self.turn_restrictions.obeyed,
            "alleys": "alley" not in self.width_needed_on,
            "paths": bool(self.speeds_kph.get("path")),
        }

    def speed_kph(self, road_class: str, rules: Mapping[str, Any]) -> float:
        """Speed on a road as its direction allows; 0 where this vehicle may not or cannot pass."""
        usual = self.speeds_kph.get(road_class, 0.0)
        if not usual or not self._may_use(rules):
            return 0.0
        signed = rules.get("maxspeed_kph")
        # A limit says what is allowed, not what is reached: it lifts the usual speed only so far.
        speed = (
            usual
            if signed is None
            else min(float(signed) * self.limit_factor, usual * self.limit_lift)
        )
        return min(speed, self.top_speed_kph) * self._factor(rules)

    def contraflow_kph(self, road_class: str, rules: Mapping[str, Any]) -> float:
        """Speed against a one-way; 0 where that is not allowed."""
        flow = self.contraflow
        round_about = rules.get("junction") in {"roundabout", "circular"}
        if (
            not flow.allowed
            or road_class in flow.never_on
            or (round_about and not flow.roundabouts)
        ):
            return 0.0
        return min(flow.speed_kph, self.speed_kph(road_class, rules))

    def bound_by(self, rule: Mapping[str, Any]) -> bool:
        """Whether the rule of a turn ban stops this vehicle: a sign at a junction, or a barrier.

        A rule of a kind nobody here knows binds everybody.
        """
        if "barrier" in rule:
            return self._stopped_at(str(rule["barrier"]), rule)
        if "restriction" in rule:
            return self._obeys(rule)
        return True

    def _obeys(self, rule: Mapping[str, Any]) -> bool:
        signs = self.turn_restrictions
        if "for" in rule and not signs.bound_as.intersection(parts(rule["for"])):
            return False
        return signs.obeyed and not signs.freed_by.intersection(parts(rule.get("except", "")))

    def _stopped_at(self, kind: str, rule: Mapping[str, Any]) -> bool:
        width_m = narrowest_m(rule)
        allowed = let_in(rule, self.access_tags, self.denied_access)
        if allowed is False or not self._fits({**rule, "width_m": width_m or self.width_m}):
            return True
        if allowed:
            return False
        stops = kind in self.barriers.stopped_by
        return stops or (kind in self.barriers.width_needed_at and width_m is None)

    def _may_use(self, rules: Mapping[str, Any]) -> bool:
        if let_in(rules, self.access_tags, self.denied_access) is False or not self._fits(rules):
            return False
        return rules.get("service") not in self.width_needed_on or "width_m" in rules

    def _fits(self, rules: Mapping[str, Any]) -> bool:
        return (
            float(rules.get("width_m", self.width_m)) >= self.width_m
            and float(rules.get("maxheight_m", self.height_m)) >= self.height_m
            and float(rules.get("maxweight_t", self.weight_t)) >= self.weight_t
        )

    def _factor(self, rules: Mapping[str, Any]) -> float:
        """What the surface and the kind of service road leave of the speed."""
        surfaces = [self._surface(kind) for kind in parts(rules.get("surface", ""))]
        return min(surfaces, default=1.0) * self.service_factor.get(str(rules.get("service")), 1.0)

    def _surface(self, kind: str) -> float:
        # `concrete:plates` is at least concrete.
        return self.surface_factor.get(kind, self.surface_factor.get(kind.split(":")[0], 1.0))


def profile_of(facts: Mapping[str, Any]) -> Profile:
    """The profile that `Profile.facts` told; `ProfileOutdated` where other keys were told then."""
    try:
        return Profile.model_validate(dict(facts))
    except ValidationError as error:
        raise ProfileOutdated(profile=facts.get("name")) from error
