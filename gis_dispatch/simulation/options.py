"""What may be chosen when the simulator is started."""

from dataclasses import dataclass

from gis_dispatch.errors import BadInput


class SpeedImpossible(BadInput):
    """{field}: {given} is not possible. Time can run 0.1 to 60 times as fast as it does."""


class TooManyIncidents(BadInput):
    """{field}: {given} is not possible. Choose up to 600 incidents an hour."""


@dataclass(frozen=True, slots=True)
class Options:
    """How the sample city behaves."""

    speed: float = 1.0
    incidents_per_hour: float = 12.0
    incidents: bool = True
    seed: int | None = None

    def __post_init__(self) -> None:
        if not 0.1 <= self.speed <= 60:
            raise SpeedImpossible(field="--speed", given=self.speed)
        if not 0 <= self.incidents_per_hour <= 600:
            raise TooManyIncidents(field="--incidents-per-hour", given=self.incidents_per_hour)

    @property
    def calls_come_in(self) -> bool:
        """Whether anything happens by itself."""
        return self.incidents and self.incidents_per_hour > 0
