"""The first start, and every later one: facts, roads, sign-ins; says what there is."""

from collections.abc import Callable
from dataclasses import dataclass

from gis_dispatch import wiring
from gis_dispatch.domain.people import SYSTEM_ACTOR
from gis_dispatch.domain.road_findings import Survey
from gis_dispatch.errors import RoadsNotLoaded
from gis_dispatch.ports import House
from gis_dispatch.running.progress import Progress
from gis_dispatch.running.road_sources import load_roads, of_place, of_sample_city
from gis_dispatch.services import first_start as services
from gis_dispatch.services.first_people import SignIn
from gis_dispatch.services.import_roads import RoadSource
from gis_dispatch.settings import Settings


@dataclass(frozen=True)
class Started:
    """What the welcome shows, and whether anything is simulated."""

    roads: str
    sample: bool
    sign_ins: tuple[SignIn, ...]
    notes: tuple[str, ...]
    simulate: bool


@dataclass(frozen=True)
class FirstRoads:
    """Where the roads of a new installation come from."""

    house: House
    settings: Settings
    say: Callable[[str], None]

    def import_place(self) -> Survey:
        """The configured place, if OpenStreetMap answers within seconds."""
        self.say(f"Asking OpenStreetMap for the roads of {self.settings.place}")
        return self._load(of_place(self.settings.place, self.settings))

    def import_sample(self) -> Survey:
        """The sample city that npm brought along."""
        return self._load(of_sample_city())

    def _load(self, source: RoadSource) -> Survey:
        def tell(share: float, sentence: str) -> None:
            self.say(f"{share:4.0%} {sentence}")

        return load_roads(self.house, SYSTEM_ACTOR, source, tell)


def first_start(settings: Settings, database_url: str, progress: Progress) -> Started:
    """Make what is missing; what is there already is left alone."""

    def say(sentence: str) -> None:
        progress.say(f"  {sentence}")

    with wiring.open_house(settings, database_url) as house:
        with progress.step("Checking facts, roads and sign-ins"):
            made = services.first_start(
                house,
                area=settings.area,
                home=settings.home,
                roads=FirstRoads(house, settings, say),
                say=say,
            )
        wanted = settings.simulate == "on" or (settings.simulate == "auto" and made.sample)
        return Started(_roads(house), made.sample, made.sign_ins, made.notes, wanted)


def _roads(house: House) -> str:
    try:
        status = house.roads.status()
    except RoadsNotLoaded as none:
        return none.sentence()
    return f"{status.place}: {status.junction_count:,} junctions, {status.edge_count:,} directions"
