"""The `gis-dispatch` command."""

import click

from gis_dispatch import __version__
from gis_dispatch.running.commands.common import Commands

MEMBERS = {
    "serve": "serve:serve",
    "worker": "serve:worker",
    "simulate": "simulate:simulate",
    "roads": "roads:roads",
    "profiles": "profiles:profiles",
    "stations": "imports:stations",
    "units": "imports:units",
    "villages": "imports:villages",
    "user": "users:user",
    "token": "tokens:token",
    "device": "devices:device",
    "layers": "layers:layers",
    "places": "places:places",
    "report": "report:report",
    "replay": "replay:replay",
    "reach": "planning:reach",
    "times": "planning:times",
    "db": "database:database_commands",
}


@click.group(
    cls=Commands,
    members=MEMBERS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="gis-dispatch")
def main() -> None:
    """Run and look after GIS Dispatch.

    Settings come from environment variables that begin with GIS_DISPATCH_, and DATABASE_URL.

    \b
    Example:
      gis-dispatch serve
    """


if __name__ == "__main__":
    main(prog_name="gis-dispatch")
