"""Opens the house for one command: database up and migrated, roads and everything plugged in."""

from collections.abc import Iterator
from contextlib import contextmanager

from gis_dispatch import wiring
from gis_dispatch.errors import BadInput
from gis_dispatch.ports import House
from gis_dispatch.running.commands.common import database


class CallSignUnknown(BadInput):
    """{field}: there is no unit "{given}". Its call sign is written as on the screen."""


@contextmanager
def open_house() -> Iterator[House]:
    """The house, closed again at the end."""
    with database() as (settings, url), wiring.open_house(settings, url) as house:
        yield house


def unit_id_of(house: House, call_sign: str) -> int:
    """The number of the unit with this call sign."""
    id = house.store.reads.value("unit_of_call_sign", call_sign=call_sign)
    if id is None:
        raise CallSignUnknown(field="--unit", given=call_sign)
    return int(id)
