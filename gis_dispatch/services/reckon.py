"""Works a ranking out of its documents and the roads: the same code today and in a replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from gis_dispatch.domain.best_set import Able, PlanLine, best_set
from gis_dispatch.domain.candidates import Candidate, LeftOut, Wanted, kept_back
from gis_dispatch.domain.ranking import Ranked, further_away, rank_trips
from gis_dispatch.domain.reasons import Both
from gis_dispatch.domain.roads import RoadClosure, Trip
from gis_dispatch.ports import Roads, Row
from gis_dispatch.services.closure_notes import notes_for
from gis_dispatch.services.ranking_documents import Document, closure_of, units_of
from gis_dispatch.services.ranking_inputs import ActiveClosure, start_of
from gis_dispatch.services.ranking_shape import best_set_row, left_out_row, ranked_row


@dataclass(frozen=True)
class Question:
    """Everything a ranking is made from, except the roads."""

    inputs: Document
    closures: Sequence[ActiveClosure]
    units: Sequence[Candidate]
    """Every unit in use; the documents say the same."""

    @classmethod
    def read(
        cls, inputs: Document, closures: Sequence[Document], units: Sequence[Document]
    ) -> "Question":
        """From documents, as they are kept."""
        return cls(
            inputs,
            [closure_of(document) for document in closures],
            units_of(inputs["units"], units),
        )

    @property
    def place(self) -> tuple[float, float]:
        """(lon, lat) of the incident."""
        return self.inputs["place"]["lon"], self.inputs["place"]["lat"]

    @property
    def made_at(self) -> datetime:
        """The moment it was asked."""
        return datetime.fromisoformat(self.inputs["made_at"])

    @property
    def zone(self) -> ZoneInfo:
        """In which people read times."""
        return ZoneInfo(self.inputs["timezone"])

    @cached_property
    def roads_closed(self) -> list[RoadClosure]:
        """The closures, as the roads need them."""
        return [closure.road for closure in self.closures]

    @cached_property
    def wanted(self) -> Wanted:
        """What is asked of units; an agency asked for "any unit" sends any."""
        plan = self.inputs["plan"]
        any_unit = {line["agency_code"] for line in plan if line["capability"] is None}
        asked: dict[str, set[str]] = {}
        for line in plan:
            if line["agency_code"] not in any_unit:
                asked.setdefault(line["agency_code"], set()).add(line["capability"])
        return Wanted(
            agency=self.inputs["agency"],
            profile=self.inputs["profile"],
            capabilities={agency: frozenset(codes) for agency, codes in asked.items()},
            names={code: Both(**both) for code, both in self.inputs["capabilities"].items()},
        )

    def judged(self) -> tuple[list[Candidate], list[LeftOut]]:
        """The units that may be sent, and those kept back before any road is looked at."""
        able: list[Candidate] = []
        left_out: list[LeftOut] = []
        for unit in self.units:
            why_not = kept_back(unit, self.wanted)
            if why_not is None:
                able.append(unit)
            else:
                left_out.append(why_not)
        return able, left_out


def reckon(roads: Roads, question: Question) -> Row:
    """Every unit, either ranked by road or left out with its reason; and the plan's best set."""
    inputs = question.inputs
    able, left_out = question.judged()
    shown = len(able) if inputs["k"] is None else inputs["k"]
    drawn = min(inputs["routes"], shown)
    every, unreached = rank(roads, question, able, drawn)
    by_id = {closure.road.id: closure for closure in question.closures}
    return {
        "made_at": inputs["made_at"],
        "network": inputs["network"],
        "ranked": [
            ranked_row(_drawn_if(roads, question, line, line.rank <= drawn), by_id)
            for line in every[:shown]
        ],
        "left_out": [
            left_out_row(line)
            for line in [*unreached, *(further_away(line) for line in every[shown:]), *left_out]
        ],
        "best_set": _best_set_of(question, every),
    }


def rank(
    roads: Roads, question: Question, able: Sequence[Candidate], drawn: int
) -> tuple[list[Ranked], list[LeftOut]]:
    """The able units in order with their reasons, and those that no road leads from."""
    starts = [start for unit in able if (start := start_of(unit)) is not None]
    found = roads.trips_to(*question.place, starts, question.roads_closed, drawn=drawn)
    trips = {trip.key: trip for trip in found}
    notes = notes_for(roads, question.closures, found, question.made_at, question.zone)
    return rank_trips(able, trips, question.place, notes)


def _drawn_if(roads: Roads, question: Question, line: Ranked, wanted: bool) -> Ranked:
    """A line with its way where that is wanted, and without where it is not."""
    if wanted:
        return drawn_line(roads, question, line)
    if not line.trip.line:
        return line
    return line._replace(trip=line.trip._replace(line=(), streets=()))


def drawn_line(roads: Roads, question: Question, line: Ranked) -> Ranked:
    """A line with its way drawn: the roads draw the soonest ones, and of equals any one."""
    start = start_of(line.unit)
    if line.trip.line or start is None:
        return line
    trip = roads.trip_between(start, *question.place, question.roads_closed)
    return line._replace(trip=trip) if isinstance(trip, Trip) else line


def _best_set_of(question: Question, ranked: Sequence[Ranked]) -> Row | None:
    """Who to send for the whole plan; units that were sent to this incident have their places."""
    agency, number = question.inputs["agency"], question.inputs["incident_number"]
    lines = [
        PlanLine(line["agency_code"], line["capability"], line["number"])
        for line in question.inputs["plan"]
        if agency in (None, line["agency_code"])
    ]
    if not lines:
        return None
    sent = [
        Able(unit.id, unit.agency_code, unit.capabilities, 0.0, sent=True)
        for unit in question.units
        if number is not None and unit.busy_incident == number
    ]
    agencies = {line.agency_code for line in lines}
    able = [
        Able(line.unit.id, line.unit.agency_code, line.unit.capabilities, line.total_time_s)
        for line in ranked
        if line.unit.agency_code in agencies
    ]
    names = {unit.id: unit.call_sign for unit in question.units}
    return best_set_row(
        best_set(lines, [*sent, *able]),
        names,
        question.inputs["plan"],
        question.wanted.names,
        question.inputs.get("chosen_plan"),
    )
