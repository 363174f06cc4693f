"""What sending units leaves behind, on roads where it can be counted by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from gis_dispatch.domain.coverage import WHOLE, Areas, Cover, CoveredLength
from gis_dispatch.domain.places import straight_line_m
from gis_dispatch.domain.roads import RoadClosure, Start
from gis_dispatch.ports import House
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.order_moves import order_moves
from gis_dispatch.services.weigh_sending import weigh_sending
from gis_dispatch.store import PostgresStore
from tests.straight_roads import SPEED_M_S, STATUS, StraightRoads
from tests.town import CENTRE, People

STANDARD_S = 280
"""Two hundred seconds after the turnout: 2 km at 10 m/s."""
WEST = (CENTRE[0] - 0.02, CENTRE[1])
EAST = (CENTRE[0] + 0.03, CENTRE[1])
SQUARES = {"61.72.01.1001": ("Barat", WEST), "61.72.01.1002": ("Timur", EAST)}
HALF = 0.004


class Squares(StraightRoads):
    """One kilometre of road in the middle of each square, reached by whoever is near enough."""

    def covers(
        self, starts: Sequence[Start], limits_s: Sequence[float], closures: Sequence[RoadClosure],
        areas: Areas, *, drawn: bool = True,
    ) -> Sequence[Cover]:  # fmt: skip
        covers = []
        for limit_s in limits_s:
            lengths = {code: self._length(SQUARES[code][1], starts, limit_s) for code in SQUARES}
            parts = lengths.values()
            whole = CoveredLength(
                sum(one.road_m for one in parts), sum(one.by_one_m for one in parts),
                sum(one.by_two_m for one in parts),
            )  # fmt: skip
            covers.append(Cover(limit_s, {**lengths, WHOLE: whole}, {}))
        return covers

    def _length(
        self, place: tuple[float, float], starts: Sequence[Start], limit_s: float
    ) -> CoveredLength:
        near = sum(
            straight_line_m(start.lon, start.lat, *place) / SPEED_M_S + start.delay_s <= limit_s
            for start in starts
        )
        return CoveredLength(1000.0, 1000.0 * (near >= 1), 1000.0 * (near >= 2))


@pytest.fixture
def squares(town: House, store: PostgresStore) -> House:
    """Two villages, each around a station of Damkar, with one road in each."""
    with store.engine.begin() as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO districts (code, name) VALUES ('61.72.01', 'Tengah')")
        run(
            "INSERT INTO road_networks VALUES (%s, 'test', 'Town', 'a', 'l', false, now(), 4, 2,"
            " true, 'x')",
            (STATUS.version,),
        )
        for number, (code, (name, (lon, lat))) in enumerate(SQUARES.items()):
            run(
                "INSERT INTO villages (code, district_code, name, geom) VALUES (%s, '61.72.01', %s,"
                " ST_Multi(ST_Expand(ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s)))",
                (code, name, lon, lat, HALF),
            )
            run(
                "INSERT INTO road_edges (version, id, from_junction, to_junction, class, length_m,"
                " speed_kph, geom) VALUES (%s, %s, 1, 2, 'primary', 1000, 36, ST_SetSRID("
                "ST_MakeLine(ST_MakePoint(%s, %s), ST_MakePoint(%s, %s)), 4326))",
                (STATUS.version, number, lon - HALF, lat, lon + HALF, lat),
            )
        # A third engine has its place in the west: one of the two there may go.
        run("UPDATE units SET station_id = 1 WHERE id = 3")
    return replace(town, roads=Squares())


def fire(house: House, people: People, *unit_ids: int) -> dict[str, Any]:
    weighed = weigh_sending(house, people.damkar, unit_ids, STANDARD_S)
    assert [group["code"] for group in weighed["groups"]] == ["fire"]
    group: dict[str, Any] = weighed["groups"][0]
    return group


def test_one_of_two_may_go_and_nothing_is_left_open(squares: House, people: People) -> None:
    group = fire(squares, people, 1)
    assert (group["units_before"], group["units_after"]) == (3, 2)
    assert (group["whole_before"], group["whole_after"]) == (1.0, 1.0)
    assert group["fallen"] == group["moves"] == []
    assert group["sentence_en"] == "Every village stays within the standard."


def test_the_gap_is_named_and_so_is_who_could_close_it(squares: House, people: People) -> None:
    group = fire(squares, people, 2)
    assert [(row["name"], row["before"], row["after"]) for row in group["fallen"]] == [
        ("Timur", 1.0, 0.0)
    ]
    (move,) = group["moves"]
    assert move["unit_id"] in {1, 3}
    assert (move["station"], group["fallen"][0]["comes_back"]) == ("Pos Damkar Timur", True)
    assert move["driving_time_s"] == pytest.approx(
        straight_line_m(*WEST, *EAST) / SPEED_M_S, abs=0.1
    )
    assert group["whole_restored"] == 1.0
    assert group["proven"]
    assert group["sentence_id"].startswith("Keluar dari standar: Timur. Geser DMK-")
    assert group["sentence_en"].endswith("That restores Timur.")


def test_nobody_is_taken_from_where_he_is_needed(squares: House, people: People) -> None:
    change_duty(squares, people.damkar, 3, "off_duty", None)
    group = fire(squares, people, 2)
    assert group["moves"] == []
    assert group["sentence_en"].endswith("These stay open: Timur.")


def test_who_is_on_the_move_counts_where_it_goes_and_is_not_moved_again(
    squares: House, people: People
) -> None:
    order_moves(squares, people.damkar, [{"unit_id": 1, "station_id": 2}])
    assert fire(squares, people, 2)["fallen"] == [], "the gap is being closed"
    both = fire(squares, people, 1, 2)
    assert [row["unit_id"] for row in both["moves"]] == []
    assert both["sentence_en"].endswith("These stay open: Timur.")


def test_a_unit_of_no_group_leaves_nothing_behind(squares: House, people: People) -> None:
    assert weigh_sending(squares, people.damkar, [4], STANDARD_S)["groups"] == []
