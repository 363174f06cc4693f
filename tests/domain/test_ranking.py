"""Laws of the ranking: one order, nobody lost, and a true reason for everybody."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.candidates import Candidate, Origin, Wanted, kept_back, origin_of
from gis_dispatch.domain.ranking import ClosureNote, rank_trips
from gis_dispatch.domain.roads import ClosureCost, NoTrip, Trip

PLACE = (109.0, 0.9)
FLOOD = ClosureNote(7, "closed", "Jl. Alianyang", "14:05", "banjir")


def unit(id: int, *, lon: float = 109.01, turnout_s: float = 60, **other: Any) -> Candidate:
    made = Candidate(
        id=id,
        call_sign=f"U-{id}",
        agency_code="damkar",
        agency_name="Damkar",
        type_code="pemadam",
        icon="engine",
        profile="engine",
        turnout_s=turnout_s,
        capabilities=frozenset({"fire_suppression"}),
        station_name="Pos Barat",
        duty="available",
        duty_reason=None,
        busy_incident=None,
        busy_status=None,
        origin=Origin(lon, 0.9, "position", 5.0),
        crew_count=4,
        equipment=(),
    )
    return made._replace(**other)


def trip(key: int, driving_s: float, length_m: float = 1000, **other: Any) -> Trip:
    made = Trip(
        key=key,
        driving_time_s=driving_s,
        length_m=length_m,
        line=(PLACE, PLACE),
        streets=(),
        start_gap_m=0,
        end_gap_m=0,
        free_driving_time_s=driving_s,
    )
    return made._replace(**other)


whole = st.integers(0, 3)
cases = st.lists(st.tuples(whole, whole, whole, st.booleans()), min_size=1, max_size=8)


@given(cases, st.randoms(), st.none() | st.integers(1, 9))
def test_the_order_is_total_stable_and_loses_nobody(
    drawn: list[tuple[int, int, int, bool]], random: Any, k: int | None
) -> None:
    units = [unit(i, turnout_s=t * 60, lon=109 + d / 100) for i, (t, d, _, _) in enumerate(drawn)]
    trips = {
        i: NoTrip(i, "no_way") if lost else trip(i, s * 60, length_m=1000 + s)
        for i, (_, _, s, lost) in enumerate(drawn)
    }
    ranked, left_out = rank_trips(units, trips, PLACE, {}, k)
    shuffled = list(units)
    random.shuffle(shuffled)
    again, _ = rank_trips(shuffled, trips, PLACE, {}, k)
    assert [line.unit.id for line in ranked] == [line.unit.id for line in again]
    assert sorted([*(r.unit.id for r in ranked), *(x.unit.id for x in left_out)]) == list(
        range(len(units))
    )
    times = [line.total_time_s for line in ranked]
    assert times == sorted(times)
    assert [line.rank for line in ranked] == list(range(1, len(ranked) + 1))
    for line in ranked:
        assert line.total_time_s == line.unit.turnout_s + line.trip.driving_time_s
        assert line.reason.id and line.reason.en
    if k is None:
        everyone = sorted(line.straight_rank for line in ranked)
        assert everyone == list(range(1, len(ranked) + 1))
    else:
        assert len(ranked) <= k


def test_one_that_is_as_fast_is_not_called_later() -> None:
    units = [unit(1, lon=109.02), unit(2, lon=109.02)]
    trips = {1: trip(1, 180, 2400), 2: trip(2, 180, 2400)}
    ranked, _ = rank_trips(units, trips, PLACE, {})
    assert ranked[1].reason.en == "4 min (2.4 km), as fast as U-1."


def test_it_says_why_the_straight_line_nearest_is_not_first() -> None:
    units = [unit(1, lon=109.02), unit(2, lon=109.0173)]
    trips = {
        1: trip(1, 180, 2400),
        2: trip(2, 420, 5200, closures_avoided=(ClosureCost(7, 250),)),
    }
    ranked, _ = rank_trips(units, trips, PLACE, {7: FLOOD})
    assert [line.unit.id for line in ranked] == [1, 2]
    assert [line.straight_rank for line in ranked] == [2, 1]
    assert ranked[0].reason.en == "Nearest by road: 4 min (2.4 km)."
    assert ranked[1].reason.en == (
        "U-2 is 300 m nearer in a straight line but 4 min later: "
        "Jl. Alianyang closed since 14:05 (banjir)."
    )
    assert ranked[1].reason.id == (
        "U-2 300 m lebih dekat secara garis lurus, tetapi 4 menit lebih lambat: "
        "Jl. Alianyang ditutup sejak 14:05 (banjir)."
    )


def test_old_positions_and_station_starts_are_told() -> None:
    units = [
        unit(1, origin=Origin(109.01, 0.9, "position", 600)),
        unit(2, origin=Origin(109.01, 0.9, "station", None)),
    ]
    ranked, _ = rank_trips(units, {1: trip(1, 60), 2: trip(2, 90)}, PLACE, {})
    assert "Position 10 min old." in ranked[0].reason.en
    assert "Runs from Pos Barat: no recent position." in ranked[1].reason.en


def test_a_unit_that_is_cut_off_names_the_closure() -> None:
    _, left_out = rank_trips([unit(1)], {1: NoTrip(1, "cut_off_by_closures")}, PLACE, {7: FLOOD})
    assert left_out[0].code == "cut_off_by_closures"
    assert left_out[0].reason.en == "Cut off: Jl. Alianyang closed since 14:05 (banjir)."


def test_beyond_the_first_k_every_unit_still_has_its_reason() -> None:
    units = [unit(1), unit(2)]
    ranked, left_out = rank_trips(units, {1: trip(1, 60), 2: trip(2, 120)}, PLACE, {}, k=1)
    assert [line.unit.id for line in ranked] == [1]
    assert left_out[0].reason.en == "Able, but only number 2: 3 min."


def test_what_keeps_a_unit_back() -> None:
    wanted = Wanted(agency="damkar", capabilities={"damkar": frozenset({"fire_suppression"})})
    found = {
        "other_agency": unit(1, agency_code="bpbd", agency_name="BPBD"),
        "busy": unit(2, busy_incident="20260302-0001", busy_status="on_scene"),
        "off_duty": unit(3, duty="off_duty"),
        "out_of_service": unit(4, duty="out_of_service", duty_reason="ban bocor"),
        "lacks_capability": unit(5, capabilities=frozenset({"rescue"})),
        "no_place": unit(6, origin=None),
    }
    for code, candidate in found.items():
        left_out = kept_back(candidate, wanted)
        assert left_out is not None and left_out.code == code
    assert kept_back(found["busy"], wanted).reason.en == (  # type: ignore[union-attr]
        "Busy on incident 20260302-0001 (on scene)."
    )
    assert kept_back(found["out_of_service"], wanted).reason.id == (  # type: ignore[union-attr]
        "Tidak dapat dipakai: ban bocor."
    )
    assert kept_back(unit(7), wanted) is None
    assert kept_back(unit(8), replace(wanted, profile="motorcycle")).code == (  # type: ignore[union-attr]
        "other_profile"
    )


def position(age_s: float, speed_kph: float | None = 0.0) -> dict[str, object]:
    return {
        "lon": 1.0, "lat": 2.0, "age_s": age_s, "speed_kph": speed_kph, "heading_deg": 90.0,
    }  # fmt: skip


def test_a_fresh_position_beats_the_station_and_a_stale_one_does_not() -> None:
    station = {"lon": 3.0, "lat": 4.0}
    assert origin_of(position(60), station).source == "position"  # type: ignore[union-attr]
    assert origin_of(position(3600), station).source == "station"  # type: ignore[union-attr]
    assert origin_of(position(3600), None).source == "position"  # type: ignore[union-attr]
    assert origin_of(None, None) is None
    assert origin_of(position(60, 40), None).heading_deg == 90  # type: ignore[union-attr]
    assert origin_of(position(60, 3), None).heading_deg is None  # type: ignore[union-attr]


def test_walking_into_a_closure_counts_and_is_told() -> None:
    walks = trip(1, 180, 2400, foot_m=240, foot_time_s=200, closures_entered=(7,))
    ranked, _ = rank_trips([unit(1), unit(2)], {1: walks, 2: trip(2, 300)}, PLACE, {7: FLOOD})
    assert [line.unit.id for line in ranked] == [2, 1]
    assert ranked[1].total_time_s == 60 + 180 + 200
    assert ranked[1].reason.en == (
        "7 min (2.4 km), 80 s later than U-2. The last 240 m lie inside a closure "
        "(Jl. Alianyang closed since 14:05 (banjir)) and are walked: 3 min."
    )
    assert ranked[1].reason.id.endswith(
        "Bagian terakhir 240 m di dalam penutupan "
        "(Jl. Alianyang ditutup sejak 14:05 (banjir)) ditempuh jalan kaki: 3 menit."
    )
    unnamed, _ = rank_trips([unit(1)], {1: walks}, PLACE, {})
    assert unnamed[0].reason.id.endswith(
        "Bagian terakhir 240 m di dalam penutupan ditempuh jalan kaki: 3 menit."
    )


def test_gaps_at_both_ends_are_told() -> None:
    ranked, _ = rank_trips([unit(1)], {1: trip(1, 60, start_gap_m=300, end_gap_m=200)}, PLACE, {})
    assert ranked[0].reason.en.endswith(
        "The unit is 300 m from the nearest road. The last 200 m have no road to drive."
    )
    assert "Posisi unit 300 m dari jalan terdekat." in ranked[0].reason.id


def line_at(id: int, lat: float, **facts: Any) -> ClosureNote:
    geometry = {"type": "LineString", "coordinates": [[109.0, lat], [109.02, lat]]}
    return ClosureNote(id, "closed", f"Jl. {id}", "14:05", "banjir", geometry=geometry, **facts)


def test_a_unit_inside_a_closure_names_the_one_it_stands_in() -> None:
    near, far = line_at(7, 0.9001), line_at(8, 0.95)
    not_ours = line_at(9, 0.9, profiles=("motorcycle",))
    lost = {1: NoTrip(1, "inside_closure")}
    _, [left_out] = rank_trips([unit(1)], lost, PLACE, {7: near, 8: far, 9: not_ours})
    assert left_out.code == "inside_closure"
    assert left_out.reason.en == (
        "Stands inside a closure and cannot leave it: Jl. 7 closed since 14:05 (banjir)."
    )
    assert left_out.reason.id.endswith("keluar: Jl. 7 ditutup sejak 14:05 (banjir).")
    _, [left_out] = rank_trips([unit(1)], lost, PLACE, {8: far})
    assert left_out.reason.en == "Stands on a closed road and cannot leave it."


def test_cut_off_by_one_of_several_names_none_that_is_not_about_it() -> None:
    cut_off = {1: NoTrip(1, "cut_off_by_closures")}
    ours, not_ours = line_at(7, 0.91), line_at(9, 0.92, profiles=("motorcycle",))
    _, [left_out] = rank_trips([unit(1)], cut_off, PLACE, {7: ours, 9: not_ours})
    assert left_out.reason.en == "Cut off: Jl. 7 closed since 14:05 (banjir)."
    _, [left_out] = rank_trips([unit(1)], cut_off, PLACE, {7: ours, 8: line_at(8, 0.93)})
    assert left_out.reason.en == "Cut off by road closures."
