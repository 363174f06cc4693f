"""What the files of facts may say of agencies, kinds, unit types and plans; nothing else."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
KindCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$", max_length=80)]
Icon = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Priority = Annotated[int, Field(ge=1, le=4)]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Fact(BaseModel):
    """A piece of a file of facts."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Agency(Fact):
    code: Slug
    name: Name
    short_name: Name
    phone: str | None = None
    kind: Literal["public", "private", "volunteer"] = "public"


class Agencies(Fact):
    agencies: tuple[Agency, ...]


class SubKind(Fact):
    code: Slug
    name_id: Name
    name_en: Name
    icon: Icon
    default_priority: Priority | None = None


class Kind(SubKind):
    emergency: bool = True
    default_priority: Priority
    sub_kinds: tuple[SubKind, ...] = ()


class FlatKind(Fact):
    """A kind or sub-kind as the database holds it."""

    code: KindCode
    parent_code: str | None
    name_id: str
    name_en: str
    icon: str
    default_priority: Priority
    emergency: bool
    sort: int


class Kinds(Fact):
    kinds: tuple[Kind, ...]

    def flat(self) -> tuple[FlatKind, ...]:
        """Kinds before their sub-kinds, in the order of the file."""
        rows: list[FlatKind] = []
        for kind in self.kinds:
            rows.append(self._row(kind, kind, None, len(rows)))
            for sub in kind.sub_kinds:
                rows.append(self._row(sub, kind, kind.code, len(rows)))
        return tuple(rows)

    @staticmethod
    def _row(one: SubKind, kind: Kind, parent: str | None, sort: int) -> FlatKind:
        return FlatKind(
            code=one.code if parent is None else f"{parent}.{one.code}",
            parent_code=parent,
            name_id=one.name_id,
            name_en=one.name_en,
            icon=one.icon,
            default_priority=one.default_priority or kind.default_priority,
            emergency=kind.emergency,
            sort=sort,
        )


class Capability(Fact):
    name_id: Name
    name_en: Name


class UnitType(Fact):
    code: Slug
    name_id: Name
    name_en: Name
    profile: Slug
    icon: Icon
    capabilities: tuple[str, ...]
    turnout_s: int = Field(ge=0, le=3600)


class UnitTypes(Fact):
    capabilities: dict[Slug, Capability]
    unit_types: tuple[UnitType, ...]

    @model_validator(mode="after")
    def _known(self) -> "UnitTypes":
        for kind in self.unit_types:
            for word in kind.capabilities:
                if word not in self.capabilities:
                    raise ValueError(f"{kind.code}: capability {word!r} is not listed above it")
        return self


class PlanItem(Fact):
    agency: Slug
    role: Literal["lead", "support"]
    capability: Slug | None = None
    number: int = Field(default=1, ge=1, le=50)
    alarm: int = Field(default=1, ge=1, le=5)


class Plan(Fact):
    kind: KindCode
    priority: Priority | None = None
    items: tuple[PlanItem, ...] = Field(min_length=1)


class Plans(Fact):
    plans: tuple[Plan, ...]
