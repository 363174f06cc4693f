"""What the file of facts about receivers may say: who, and what of a person they may see."""

from pathlib import Path

from pydantic import Field, field_validator

from gis_dispatch import assets
from gis_dispatch.domain.receivers import DATA_CENTRE, PERSONAL, Receiver
from gis_dispatch.services.facts_files import read
from gis_dispatch.services.facts_models import Fact, Name, Slug

FILE = "receivers.toml"


class ReceiverFact(Fact):
    """One receiver of case documents."""

    code: Slug
    name: Name
    may_see: frozenset[str] = frozenset()

    @field_validator("may_see")
    @classmethod
    def _known(cls, given: frozenset[str]) -> frozenset[str]:
        unknown = sorted(given - set(PERSONAL))
        if unknown:
            raise ValueError(f"{', '.join(unknown)}: use some of {', '.join(PERSONAL)}")
        return given


class Receivers(Fact):
    """Every receiver, each once; the data centre is always one of them."""

    receivers: tuple[ReceiverFact, ...] = Field(min_length=1)

    @field_validator("receivers")
    @classmethod
    def _each_once(cls, given: tuple[ReceiverFact, ...]) -> tuple[ReceiverFact, ...]:
        codes = [one.code for one in given]
        if len(codes) != len(set(codes)) or DATA_CENTRE not in codes:
            raise ValueError(f"each receiver once, and {DATA_CENTRE!r} among them")
        return given


def read_receivers(home: Path | None = None) -> tuple[Receiver, ...]:
    """The city's own file where there is one, ours else."""
    own = home / FILE if home is not None else None
    path = own if own is not None and own.is_file() else assets.facts(FILE)
    return tuple(
        Receiver(one.code, one.name, one.may_see) for one in read(path, Receivers).receivers
    )
