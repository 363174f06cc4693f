"""Numbers junctions and edges so that what is near on the ground is near in memory."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gis_dispatch.domain.network import FloatArray, Network, TurnBan

BITS = 16


def nearby_first(network: Network) -> Network:
    """The same network in the order of a Morton curve: a search touches far fewer cache lines."""
    if network.junction_count == 0:
        return network
    order = np.argsort(_morton(network.junction_lon, network.junction_lat), kind="stable")
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    start, end = number[network.from_junction], number[network.to_junction]
    edges = np.lexsort((np.maximum(start, end), np.minimum(start, end)))
    edge_number = np.empty(len(edges), dtype=np.int64)
    edge_number[edges] = np.arange(len(edges))
    picked = edges.tolist()
    return replace(
        network,
        junction_lon=network.junction_lon[order],
        junction_lat=network.junction_lat[order],
        from_junction=start[edges],
        to_junction=end[edges],
        way_id=network.way_id[edges],
        name=[network.name[edge] for edge in picked],
        road_class=[network.road_class[edge] for edge in picked],
        length_m=network.length_m[edges],
        speed_kph=network.speed_kph[edges],
        restrictions=[network.restrictions[edge] for edge in picked],
        lines=[network.lines[edge] for edge in picked],
        turn_bans=[
            TurnBan(tuple(int(edge_number[edge]) for edge in ban.edges), ban.rule)
            for ban in network.turn_bans
        ],
    )


def _morton(lon: FloatArray, lat: FloatArray) -> NDArray[np.uint64]:
    """The place of each point on a Z-order curve (Morton, 1966) over the network's box."""
    cells = (1 << BITS) - 1
    key = np.zeros(len(lon), dtype=np.uint64)
    for shift, axis in enumerate((lon, lat)):
        span = float(np.ptp(axis)) or 1.0
        cell = ((axis - axis.min()) / span * cells).astype(np.uint64)
        for bit in range(BITS):
            key |= ((cell >> np.uint64(bit)) & np.uint64(1)) << np.uint64(2 * bit + shift)
    return key
