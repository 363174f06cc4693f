"""Removes earlier road networks on which no kept recommendation was made."""

from collections.abc import Sequence

from gis_dispatch.ports import House
from gis_dispatch.services.import_roads import RoadNetworks


def prune_networks(house: House, networks: RoadNetworks) -> Sequence[str]:
    """The versions removed; the current one stays, and whatever a replay needs."""
    with house.store.transaction() as tx:
        return networks.prune(tx)
