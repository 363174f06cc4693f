"""The simulator: a living map without a single real call."""

import click

from gis_dispatch.running import cluster, home
from gis_dispatch.settings import Settings


@click.command("simulate")
@click.option("--speed", type=float, default=1.0, show_default=True, help="Times real time.")
@click.option(
    "--incidents-per-hour", type=float, default=12.0, show_default=True, help="Calls that come in."
)
@click.option("--no-incidents", is_flag=True, help="Only drive; nothing happens by itself.")
@click.option("--seed", type=int, default=None, help="The same seed, the same story.")
def simulate(speed: float, incidents_per_hour: float, no_incidents: bool, seed: int | None) -> None:
    """Drive the sample units along real roads and report as phones do, until Ctrl-C.

    It needs a running server, and touches sample data only; `serve` starts it for a sample city.

    \b
    Example:
      gis-dispatch simulate --speed 4 --incidents-per-hour 30
    """
    from gis_dispatch.simulation import Options, run

    options = Options(
        speed=speed,
        incidents_per_hour=incidents_per_hour,
        incidents=not no_incidents,
        seed=seed,
    )
    settings = Settings()
    with cluster.running(settings) as url:
        home.ensure(settings.home)
        run(settings.model_copy(update={"database_url": url}), options)
