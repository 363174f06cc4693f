"""What an installation may set, from environment variables that begin with `GIS_DISPATCH_`."""

import re
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gis_dispatch import assets


def _default_home() -> Path:
    return (assets.checkout() or Path.cwd()) / ".local"


class Settings(BaseSettings):
    """Typed, frozen settings; made once at the top and handed down."""

    model_config = SettingsConfigDict(
        env_prefix="GIS_DISPATCH_", frozen=True, extra="ignore", populate_by_name=True
    )

    home: Path = Field(default_factory=_default_home, description="State folder.")
    database_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("GIS_DISPATCH_DATABASE_URL", "DATABASE_URL"),
        description="PostgreSQL with PostGIS; none means a private cluster in the state folder.",
    )
    host: str = "127.0.0.1"
    port: int = Field(default=8112, ge=1, le=65535)
    workers: int = Field(default=2, ge=1, le=64)
    secure_cookies: bool = False

    service_name: str = "SIGAP 112"
    city: str = "Kota Singkawang"
    area: str = "singkawang"
    place: str = "Singkawang, Kalimantan Barat, Indonesia"
    timezone: str = "Asia/Pontianak"
    locale: Literal["id", "en"] = "id"
    sop: str = "sigap_112"
    answer_target_s: int = Field(default=15, gt=0)
    total_response_target_s: int = Field(default=900, gt=0)

    overpass_url: str = "https://overpass-api.de/api"
    nominatim_url: str = "https://nominatim.openstreetmap.org"
    osm_timeout_s: float = Field(default=4, gt=0)

    online_basemaps: bool = False

    data_centre_url: str | None = None
    data_centre_secret: str | None = None
    gateway_url: str | None = None
    gateway_secret: str | None = None
    push_hosts: str = (
        "fcm.googleapis.com .push.services.mozilla.com .push.apple.com .notify.windows.com"
    )
    push_contact: str = "mailto:gis-dispatch@localhost"
    phone_reports_per_s: int = Field(default=10, ge=1, le=1000)
    waiting_positions: int = Field(default=500, ge=1, le=10_000)
    waiting_batches: int = Field(default=8, ge=0, le=100)
    batch_positions: int = Field(default=5000, ge=1, le=50_000)
    position_days: int = Field(default=30, ge=1, le=36_500)
    recommendation_days: int = Field(default=30, ge=1, le=36_500)
    incomplete_units: Literal["told", "left_out"] = "told"
    steps_from_position: Literal["propose", "automatic", "off"] = "propose"
    arrived_within_m: float = Field(default=100, ge=20, le=1000)
    left_after_m: float = Field(default=150, ge=30, le=2000)
    arrived_below_kph: float = Field(default=10, ge=1, le=40)
    arrived_after_s: float = Field(default=20, ge=0, le=600)
    simulate: Literal["auto", "on", "off"] = "auto"

    @field_validator("left_after_m")
    @classmethod
    def _further_than_arrived(cls, left_after_m: float, given: ValidationInfo) -> float:
        if left_after_m <= given.data.get("arrived_within_m", 0):
            raise ValueError("must be more than GIS_DISPATCH_ARRIVED_WITHIN_M")
        return left_after_m

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        # Children run in other folders: a relative state folder would move with them.
        return home.expanduser().absolute()

    @field_validator(
        "database_url", "data_centre_url", "data_centre_secret", "gateway_url", "gateway_secret"
    )
    @classmethod
    def _empty_is_unset(cls, value: str | None) -> str | None:
        return value or None

    @field_validator("database_url")
    @classmethod
    def _one_spelling(cls, value: str | None) -> str | None:
        # Drivers differ in what else they accept; every one of ours reads this.
        return re.sub(r"^postgres(?:ql)?(?:\+\w+)?://", "postgresql://", value) if value else None

    @property
    def address(self) -> str:
        """Where people reach this server."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def data_centre_address(self) -> str:
        """Where closed cases are delivered; our own receiver when the city has not named one."""
        return self.data_centre_url or f"{self.address}/try/data-centre"
