"""Turn restrictions of OpenStreetMap, as the turns they ban."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gis_dispatch.domain.road_findings import FoundRoads
from gis_dispatch.roads.build import Signs, Way, roads_from_ways
from gis_dispatch.roads.restrictions import Member, restrictions_of
from gis_dispatch.roads.sources import read_roads

# A crossing at 5; 10 lies half way between 5 and 6, where nothing meets.
#   1 2 3
#   4 5 10 6
#   7 8 9
HERE = {
    1: (0.000, 0.002), 2: (0.001, 0.002), 3: (0.002, 0.002),
    4: (0.000, 0.001), 5: (0.001, 0.001), 6: (0.002, 0.001), 10: (0.0015, 0.001),
    7: (0.000, 0.000), 8: (0.001, 0.000), 9: (0.002, 0.000),
}  # fmt: skip
NORTH, WEST, EAST, SOUTH, ACROSS, UP = 52, 54, 56, 58, 456, 852
CROSSING = {NORTH: [5, 2], WEST: [4, 5], EAST: [5, 10, 6], SOUTH: [8, 5]}

Roads = dict[int, list[int]]
Turn = tuple[int, ...]


def roads(
    ways: Roads, tags: dict[str, str], *members: Member, oneways: set[int] | None = None
) -> FoundRoads:
    signs = Signs()
    signs.restrictions = restrictions_of(tags, members, signs.skipped)
    oneway = oneways or set()
    return roads_from_ways(
        (
            Way(
                number,
                {"highway": "primary"} | ({"oneway": "yes"} if number in oneway else {}),
                refs,
                [HERE[ref] for ref in refs],
            )
            for number, refs in ways.items()
        ),
        signs,
    )


def turns(found: FoundRoads) -> set[Turn]:
    """What signs say themselves, without turning round behind them (see `every_ban`)."""
    return {turn for turn in every_ban(found) if len(turn) < 4 or turn[-1] != turn[-3]}


def every_ban(found: FoundRoads) -> set[Turn]:
    """The nodes that each ban runs over: the beginning of its first edge, then every end."""
    network = found.network
    node = {spot: number for number, spot in HERE.items()}
    ends = [(node[tuple(line[0])], node[tuple(line[-1])]) for line in network.lines]
    for ban in network.turn_bans:
        for edge, after in zip(ban.edges, ban.edges[1:], strict=False):
            assert network.to_junction[edge] == network.from_junction[after]
    return {
        (ends[ban.edges[0]][0], *(ends[edge][1] for edge in ban.edges)) for ban in network.turn_bans
    }


def at_node(*ways: int, via: int = 5) -> list[Member]:
    return [("w", ways[0], "from"), ("n", via, "via"), *(("w", way, "to") for way in ways[1:])]


@pytest.mark.parametrize(
    ("sign", "to", "banned"),
    [
        ("no_left_turn", WEST, {(8, 5, 4)}),
        ("no_right_turn", EAST, {(8, 5, 10)}),
        ("no_straight_on", NORTH, {(8, 5, 2)}),
        ("no_u_turn", SOUTH, {(8, 5, 8)}),
        ("only_left_turn", WEST, {(8, 5, 2), (8, 5, 10)}),
        ("only_right_turn", EAST, {(8, 5, 2), (8, 5, 4)}),
        ("only_straight_on", NORTH, {(8, 5, 4), (8, 5, 10)}),
        ("only_u_turn", SOUTH, {(8, 5, 2), (8, 5, 4), (8, 5, 10)}),
        ("No_Left_Turn ", WEST, {(8, 5, 4)}),
    ],
)
def test_a_sign_at_a_node(sign: str, to: int, banned: set[Turn]) -> None:
    crossing = CROSSING | {EAST: [5, 10], 106: [10, 6]}
    found = roads(crossing, {"restriction": sign}, *at_node(SOUTH, to))
    assert turns(found) == banned
    assert found.findings.restrictions == 1
    assert found.findings.skipped == {}


def test_a_sign_is_not_passed_by_turning_round_behind_it() -> None:
    crossing = CROSSING | {EAST: [5, 10], 106: [10, 6]}
    found = roads(crossing, {"restriction": "no_left_turn"}, *at_node(SOUTH, WEST))
    # Straight on, NORTH is a dead end: one turns round there all the same.
    assert every_ban(found) == {(8, 5, 4), (8, 5, 10, 5)}
    found = roads(crossing, {"restriction": "no_u_turn"}, *at_node(SOUTH, SOUTH))
    assert every_ban(found) == {(8, 5, 8)}


def test_a_turn_is_banned_where_nothing_else_meets() -> None:
    found = roads(CROSSING, {"restriction": "no_u_turn"}, *at_node(EAST, EAST, via=10))
    assert turns(found) == {(5, 10, 5), (6, 10, 6)}
    assert found.network.junction_count == 6


@pytest.mark.parametrize(
    ("sign", "banned"),
    [
        ("no_left_turn", {(8, 5, 4)}),
        ("no_right_turn", {(8, 5, 10)}),
        ("no_entry", {(8, 5, 4), (8, 5, 10)}),
        ("only_right_turn", {(8, 5, 4), (8, 5, 2)}),
    ],
)
def test_a_road_that_was_not_cut_is_left_on_the_side_shown(sign: str, banned: set[Turn]) -> None:
    uncut = {NORTH: [5, 2], SOUTH: [8, 5], ACROSS: [4, 5, 10], 106: [10, 6]}
    assert turns(roads(uncut, {"restriction": sign}, *at_node(SOUTH, ACROSS))) == banned


def test_a_road_that_was_not_cut_arrives_on_both_sides() -> None:
    uncut = {UP: [8, 5, 2], WEST: [4, 5], EAST: [5, 10]}
    found = roads(uncut, {"restriction": "no_entry"}, *at_node(UP, WEST))
    assert turns(found) == {(8, 5, 4), (2, 5, 4)}
    found = roads(uncut, {"restriction": "no_left_turn"}, *at_node(UP, WEST))
    assert turns(found) == {(8, 5, 4)}
    found = roads(uncut, {"restriction": "no_u_turn"}, *at_node(UP, UP))
    assert turns(found) == {(8, 5, 8), (2, 5, 2)}


def test_no_entry_and_no_exit_name_several_roads() -> None:
    members: list[Member] = [
        ("w", SOUTH, "from"), ("w", NORTH, "from"), ("n", 5, "via"), ("w", WEST, "to"),
    ]  # fmt: skip
    assert turns(roads(CROSSING, {"restriction": "no_entry"}, *members)) == {(8, 5, 4), (2, 5, 4)}
    members = at_node(SOUTH, WEST, NORTH)
    assert turns(roads(CROSSING, {"restriction": "no_exit"}, *members)) == {(8, 5, 4), (8, 5, 2)}


# Two carriageways, 4 → 6 above and 9 → 7 below, joined by 5–8.
DUAL = {45: [4, 5], 56: [5, 6], 98: [9, 8], 87: [8, 7], 58: [5, 8], 25: [2, 5]}


@pytest.mark.parametrize(
    ("sign", "banned"),
    [
        ("no_u_turn", {(4, 5, 8, 7)}),
        ("only_straight_on", {(4, 5, 8, 9)}),
    ],
)
def test_a_sign_over_a_way(sign: str, banned: set[Turn]) -> None:
    members: list[Member] = [("w", 45, "from"), ("w", 58, "via"), ("w", 87, "to")]
    found = roads(DUAL, {"restriction": sign}, *members, oneways={45, 56, 87})
    assert turns(found) == banned
    assert found.findings.restrictions == 1


def test_a_sign_over_several_ways_that_are_cut_between_them() -> None:
    ways = {41: [4, 1], 12: [1, 2], 25: [2, 5], 58: [5, 8], 87: [8, 7], 56: [5, 6], 23: [2, 3]}
    members: list[Member] = [
        ("w", 41, "from"), ("w", 25, "via"), ("w", 12, "via"), ("w", 58, "via"), ("w", 87, "to"),
    ]  # fmt: skip
    found = roads(ways, {"restriction": "no_exit"}, *members)
    assert turns(found) == {(4, 1, 2, 5, 8, 7)}
    ways = {41: [4, 1], 1258: [1, 2, 5, 8], 87: [8, 7], 56: [5, 6], 23: [2, 3]}
    members = [("w", 41, "from"), ("w", 1258, "via"), ("w", 87, "to")]
    found = roads(ways, {"restriction": "no_exit"}, *members)
    assert turns(found) == {(4, 1, 2, 5, 8, 7)}


def test_a_ring_as_via_way_is_driven_in_its_direction() -> None:
    ways = {45: [4, 5], 5862: [5, 8, 9, 6, 5], 67: [6, 3], 89: [8, 7]}
    members: list[Member] = [("w", 45, "from"), ("w", 5862, "via"), ("w", 67, "to")]
    found = roads(ways, {"restriction": "no_exit"}, *members, oneways={5862})
    assert turns(found) == {(4, 5, 8, 6, 3)}


@pytest.mark.parametrize(
    ("tags", "rules"),
    [
        ({"restriction": "no_left_turn"}, [{}]),
        ({"restriction": "no_left_turn", "except": "psv;emergency"}, [{"except": "psv;emergency"}]),
        ({"restriction:hgv": "no_left_turn"}, [{"for": "hgv"}]),
        (
            {"restriction": "no_left_turn", "restriction:hgv": "no_left_turn"},
            [{}, {"for": "hgv"}],
        ),
        ({"restriction": "no_left_turn;no_left_turn"}, [{}]),
    ],
)
def test_whom_a_sign_concerns(tags: dict[str, str], rules: list[dict[str, Any]]) -> None:
    found = roads(CROSSING, tags, *at_node(SOUTH, WEST))
    assert [ban.rule for ban in found.network.turn_bans] == [
        {"restriction": "no_left_turn", **rule} for rule in rules
    ]


LEFT = {"restriction": "no_left_turn"}
AWAY = 15


@pytest.mark.parametrize(
    ("tags", "members", "reason"),
    [
        (LEFT, [("w", SOUTH, "from"), ("n", 5, "via")], "restriction_incomplete"),
        (LEFT, [("w", SOUTH, "from"), ("w", WEST, "to")], "restriction_incomplete"),
        (LEFT, [*at_node(SOUTH, WEST), ("n", 2, "via")], "restriction_incomplete"),
        (LEFT, [("w", SOUTH, ""), ("n", 5, "via"), ("w", WEST, "to")], "restriction_incomplete"),
        (LEFT, at_node(999, WEST), "restriction_off_road"),
        (LEFT, at_node(SOUTH, 999), "restriction_off_road"),
        (LEFT, [("w", SOUTH, "from"), ("w", 999, "via"), ("w", WEST, "to")],
         "restriction_off_road"),
        (LEFT, at_node(SOUTH, WEST, via=999), "restriction_apart"),
        (LEFT, at_node(SOUTH, WEST, via=2), "restriction_apart"),
        (LEFT, [("w", SOUTH, "from"), ("w", 93, "via"), ("w", WEST, "to")], "restriction_apart"),
        (LEFT, at_node(AWAY, WEST), "restriction_idle"),
        ({"restriction": "no_stopping"}, at_node(SOUTH, WEST), "restriction_unknown"),
        ({"restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)"},
         at_node(SOUTH, WEST), "restriction_conditional"),
        ({"restriction:hgv:conditional": "no_left_turn @ (Sa,Su)"},
         at_node(SOUTH, WEST), "restriction_conditional"),
        ({**LEFT, "hour_on": "07:00", "hour_off": "09:00"},
         at_node(SOUTH, WEST), "restriction_conditional"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_counted(
    tags: dict[str, str], members: list[Member], reason: str
) -> None:
    # One road only leaves the crossing; 93 is a road elsewhere.
    ways = CROSSING | {AWAY: [5, 1], 93: [9, 3]}
    found = roads(ways, tags, *members, oneways={AWAY})
    assert found.network.turn_bans == []
    assert found.findings.skipped == {reason: 1}
    assert found.findings.restrictions == 0


def test_a_sign_of_a_broken_relation_leaves_the_others_as_they_are() -> None:
    signs = Signs()
    for members in (at_node(SOUTH, 999), at_node(SOUTH, WEST)):
        signs.restrictions += restrictions_of(LEFT, members, signs.skipped)
    ways = (Way(n, {"highway": "primary"}, r, [HERE[x] for x in r]) for n, r in CROSSING.items())
    found = roads_from_ways(ways, signs)
    assert turns(found) == {(8, 5, 4)}
    assert found.findings.skipped == {"restriction_off_road": 1}


@pytest.mark.parametrize(
    ("file", "used", "longest", "skipped"),
    [
        ("liechtenstein/liechtenstein-2013-08-03.osm.pbf", 1, 3, {"restriction_off_road": 1}),
        ("neubrandenburg/neubrandenburg.osm.bz2", 17, 5, {"restriction_off_road": 2}),
        (
            "porto/porto_portugal.osm.pbf", 338, 4,
            {"restriction_incomplete": 14, "restriction_off_road": 4, "restriction_apart": 1},
        ),
    ],
)  # fmt: skip
def test_restrictions_of_real_files(
    data_folder: Path, file: str, used: int, longest: int, skipped: dict[str, int]
) -> None:
    found = read_roads(data_folder / file)
    network, bans = found.network, found.network.turn_bans
    signs = [ban for ban in bans if "restriction" in ban.rule]
    assert found.findings.restrictions == used
    assert max(len(ban.edges) for ban in signs) == longest
    assert Counter(found.findings.skipped) == Counter(skipped)
    for ban in bans:
        for edge, after in zip(ban.edges, ban.edges[1:], strict=False):
            assert network.to_junction[edge] == network.from_junction[after]
