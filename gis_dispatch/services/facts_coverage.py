"""What the file of facts about coverage may say: which units count together, in what time."""

from typing import Annotated

from pydantic import Field

from gis_dispatch.services.facts_models import Fact, Name, Slug


class CoverageGroup(Fact):
    """Units of which any one will do: those that have at least one of the capabilities."""

    code: Slug
    name_id: Name
    name_en: Name
    capabilities: frozenset[Slug] = Field(min_length=1)


class Coverage(Fact):
    """Every group, and the limits that are told beside the city's own standard."""

    limits_s: tuple[Annotated[int, Field(ge=60, le=3600)], ...] = ()
    groups: tuple[CoverageGroup, ...] = Field(min_length=1)
