"""Vehicle profiles: one TOML of facts each, and the speed a profile drives on a kind of road."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gis_dispatch import assets
from gis_dispatch.roads.refusals import ProfileBroken

Speed = float


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Contraflow(_Facts):
    """Whether one-ways may be driven against their direction, and how slowly."""

    allowed: bool
    speed_kph: float = Field(gt=0, le=30)
    never_on: frozenset[str]


class Profile(_Facts):
    """What a vehicle may use and how fast it is there."""

    name: str
    name_id: str
    name_en: str
    width_m: float = Field(gt=0, le=6)
    height_m: float = Field(gt=0, le=6)
    weight_t: float = Field(gt=0, le=100)
    top_speed_kph: float = Field(gt=0, le=200)
    limit_factor: float = Field(gt=0, le=2)
    fording_depth_cm: float = Field(ge=0, le=300)
    fording_speed_kph: float = Field(gt=0, le=50)
    access_tags: tuple[str, ...]
    denied_access: frozenset[str]
    max_gap_m: float = Field(gt=0, le=50_000)
    speeds_kph: Mapping[str, float]
    surface_factor: Mapping[str, float]
    contraflow: Contraflow

    def speed_kph(self, road_class: str, rules: Mapping[str, Any]) -> Speed:
        """Speed on a road as its direction allows; 0 where this vehicle may not or cannot pass."""
        usual = self.speeds_kph.get(road_class, 0.0)
        if not usual or not self._lets_in(rules) or not self._fits(rules):
            return 0.0
        signed = rules.get("maxspeed_kph")
        speed = usual if signed is None else float(signed) * self.limit_factor
        return min(speed, self.top_speed_kph) * self.surface_factor.get(
            str(rules.get("surface", "")), 1.0
        )

    def contraflow_kph(self, road_class: str, rules: Mapping[str, Any]) -> Speed:
        """Speed against a one-way; 0 where that is not allowed."""
        if not self.contraflow.allowed or road_class in self.contraflow.never_on:
            return 0.0
        return min(self.contraflow.speed_kph, self.speed_kph(road_class, rules))

    def _lets_in(self, rules: Mapping[str, Any]) -> bool:
        if rules.get("emergency") in {"yes", "designated"}:
            return True
        decided = [str(rules[tag]) for tag in self.access_tags if tag in rules]
        return not decided or decided[-1] not in self.denied_access

    def _fits(self, rules: Mapping[str, Any]) -> bool:
        return (
            float(rules.get("width_m", self.width_m)) >= self.width_m
            and float(rules.get("maxheight_m", self.height_m)) >= self.height_m
            and float(rules.get("maxweight_t", self.weight_t)) >= self.weight_t
        )


def load_profiles(folder: Path | None = None) -> dict[str, Profile]:
    """Every profile of a folder (ours, unless another is given), by its file's name."""
    folder = folder or assets.facts("profiles")
    return {path.stem: _load(path) for path in sorted(folder.glob("*.toml"))}


def _load(path: Path) -> Profile:
    try:
        return Profile(name=path.stem, **tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise ProfileBroken(field="profile", file=path.name, problem=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        problem = f"{where}: {first['msg']}"
        raise ProfileBroken(field="profile", file=path.name, problem=problem) from error
