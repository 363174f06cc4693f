"""What makes a unit ready: who is on it when, what its crew needs, when it was looked at."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
)
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint
from sqlalchemy.sql.functions import func

from gis_dispatch.store.tables_base import identity, metadata, one_of, stamp, text

SUPPLIES = ("fuel", "water", "oxygen")

crew_needs = Table(
    "crew_needs",
    metadata,
    text("type_code", ForeignKey("unit_types.code", ondelete="CASCADE"), primary_key=True),
    text("skill", primary_key=True),
    Column("number", SmallInteger, nullable=False),
    CheckConstraint("number BETWEEN 1 AND 20", name="crew_need_1_to_20"),
)
"""How many people of which skill a unit of a type needs; each person fills one place."""

shifts = Table(
    "shifts",
    metadata,
    identity(),
    Column("member_id", ForeignKey("crew_members.id", ondelete="CASCADE"), nullable=False),
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), nullable=False),
    stamp("starts_at", nullable=False),
    stamp("ends_at", nullable=False),
    Column("planned_by", ForeignKey("users.id")),
    stamp("planned_at", nullable=False),
    CheckConstraint("ends_at > starts_at", name="times_forward_shifts"),
    CheckConstraint("ends_at <= starts_at + interval '72 hours'", name="shift_at_most_three_days"),
    ExcludeConstraint(
        (Column("member_id"), "="),
        (func.tstzrange(Column("starts_at"), Column("ends_at"), type_=TSTZRANGE), "&&"),
        name="one_unit_per_person_at_a_time",
        using="gist",
    ),
    Index(None, "unit_id", "ends_at"),
)

unit_supplies = Table(
    "unit_supplies",
    metadata,
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    text("kind", primary_key=True),
    Column("percent", SmallInteger, nullable=False),
    stamp("noted_at", nullable=False),
    Column("noted_by", ForeignKey("users.id")),
    one_of("kind", SUPPLIES, "supply_known"),
    CheckConstraint("percent BETWEEN 0 AND 100", name="supply_0_to_100_percent"),
)

vehicle_checks = Table(
    "vehicle_checks",
    metadata,
    Column("unit_id", ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    stamp("checked_at", nullable=False),
    Column("checked_by", ForeignKey("users.id")),
    Column("fit", Boolean, nullable=False),
    text("defect"),
    stamp("permit_until"),
    CheckConstraint("fit OR defect IS NOT NULL", name="unfit_vehicle_names_its_defect"),
)
"""The newest look at each vehicle; earlier ones are in the record of events."""
