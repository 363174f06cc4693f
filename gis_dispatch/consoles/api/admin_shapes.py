"""Shapes of what an administrator reads and sends: users, secrets, agencies, kinds, plans."""

from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, Field

from gis_dispatch.consoles.api.shapes import Body, Shape
from gis_dispatch.services.manage_agencies import SHIFT_STARTS


class CodePath(BaseModel):
    """The code of one thing in the address."""

    code: str = Field(max_length=80)


class User(Shape):
    """Somebody who may sign in."""

    id: int
    username: str
    display_name: str
    role: str
    agency_code: str | None
    agency_name: str | None
    unit_id: int | None
    unit_call_sign: str | None
    locale: str
    active: bool
    created_at: AwareDatetime


class Users(Shape):
    """Everybody who may sign in, or once could."""

    items: list[User]


class NewUser(Body):
    """Somebody who shall be able to sign in."""

    username: str
    display_name: str
    role: str
    agency_code: str | None = None
    unit_id: int | None = None
    locale: str = "id"


class UserChange(Body):
    """What of a user to change; what is left out stays as it is."""

    display_name: str | None = None
    role: str | None = None
    agency_code: str | None = None
    unit_id: int | None = None
    locale: str | None = None
    active: bool | None = None


class MadeSecret(Shape):
    """Something new with its secret, which is told this once and not kept."""

    id: int
    secret: str


class Token(Shape):
    """A program's token, without its secret."""

    id: int
    label: str
    role: str
    agency_code: str | None
    created_at: AwareDatetime
    last_used_at: AwareDatetime | None
    revoked_at: AwareDatetime | None


class Tokens(Shape):
    """Tokens, those in use first."""

    items: list[Token]


class NewToken(Body):
    """A token for a program."""

    label: str
    role: str
    agency_code: str | None = None


class Device(Shape):
    """A phone that reports where a unit is."""

    id: int
    label: str
    unit_id: int
    unit_call_sign: str
    agency_code: str
    created_at: AwareDatetime
    last_seen_at: AwareDatetime | None
    revoked_at: AwareDatetime | None
    encrypted: bool


class Devices(Shape):
    """Phones, those in use first."""

    items: list[Device]


class NewDevice(Body):
    """A phone for a unit."""

    label: str
    unit_id: int
    encrypted: bool = Field(
        default=False, description="OwnTracks also encrypts what it sends, with a key made here."
    )


class OwnTracksSetUp(Shape):
    """What to type into OwnTracks, or the link that does it."""

    url: str
    username: str
    password: str
    tracker_id: str
    encryption_key: str | None
    configuration: dict[str, Any] = Field(description="The content of an .otrc file.")
    link: str = Field(description="Opens OwnTracks and sets it up.")


class MadeDevice(MadeSecret):
    """A new phone: what to type into its Traccar Client, its OsmAnd or its OwnTracks."""

    server_url: str
    device_identifier: str
    osmand_url: str = Field(description="The address of OsmAnd's own online tracking.")
    owntracks: OwnTracksSetUp


class Agency(Shape):
    """An agency, and what belongs to it."""

    code: str
    name: str
    short_name: str
    phone: str | None
    kind: str
    shift_starts: list[str]
    active: bool
    capabilities: list[str]
    area_id: int | None
    arrival_s: int | None
    unit_count: int
    user_count: int
    station_count: int


class Agencies(Shape):
    """Every agency, used or not."""

    items: list[Agency]


class AgencyBody(Body):
    """What an agency is."""

    name: str
    short_name: str
    phone: str | None = None
    kind: Literal["public", "private", "volunteer", "neighbour"] = "public"
    shift_starts: list[str] = Field(
        default=list(SHIFT_STARTS), description="When crews change, as 07:00.", max_length=6
    )
    active: bool = True
    capabilities: list[str] = Field(
        default=[], description="Of a neighbour (another city's): what it can send.", max_length=30
    )
    area_id: int | None = Field(
        default=None, description="Of a neighbour: the area it comes to; all of the city if none."
    )
    arrival_s: int | None = Field(
        default=None, description="Of a neighbour: from the call to there, as agreed with it."
    )


class Kind(Shape):
    """A kind of emergency, used or not."""

    code: str
    parent_code: str | None
    name_id: str
    name_en: str
    icon: str
    default_priority: int
    emergency: bool
    active: bool
    sort: int


class Kinds(Shape):
    """Every kind, each followed by its sub-kinds."""

    items: list[Kind]


class NewKind(Body):
    """A kind or, with a parent, a sub-kind."""

    code: str
    parent_code: str | None = None
    name_id: str
    name_en: str
    icon: str | None = None
    default_priority: int | None = None
    emergency: bool | None = None


class KindChange(Body):
    """What of a kind to change."""

    name_id: str | None = None
    name_en: str | None = None
    icon: str | None = None
    default_priority: int | None = None
    emergency: bool | None = None
    active: bool | None = None


class Profile(Shape):
    """How one kind of vehicle drives, in its main facts; metres, tonnes, km/h, centimetres."""

    name: str
    name_id: str
    name_en: str
    source: Literal["shipped", "own", "last_good"] = Field(
        description="last_good: its own file is broken, the version before it is used."
    )
    width_m: float
    height_m: float
    weight_t: float
    top_speed_kph: float
    foot_speed_kph: float
    fording_depth_cm: float
    one_ways_against: bool
    turn_signs: bool = Field(description="Whether turn restrictions bind it.")
    alleys: bool = Field(description="Whether it drives into alleys whose width nobody mapped.")
    paths: bool
    unit_types: list[str] = Field(description="Codes of the types of unit that drive so.")


class LostProfile(Shape):
    """A profile that something names, but no file describes."""

    profile: str
    unit_types: list[str]
    closures: list[int] = Field(description="Road closures that hold now and name it.")


class Profiles(Shape):
    """Every vehicle profile in use, and what is wrong with the administrator's files."""

    items: list[Profile]
    problems: list[str]
    lost: list[LostProfile]
    sha256: str
