"""Reports, written into files."""

from pathlib import Path

import click

from gis_dispatch import wiring
from gis_dispatch.running.commands.common import Commands, answer, as_json, database


@click.group("report", cls=Commands)
def report() -> None:
    """Reports, written into files.

    \b
    Example:
      gis-dispatch report monthly 2026-11
    """


@report.command("monthly")
@click.argument("month", metavar="YYYY-MM")
@click.option(
    "--format", "kind", type=click.Choice(["pdf", "xlsx", "json"]), default="pdf", show_default=True
)
@click.option("--language", type=click.Choice(["id", "en"]), default="id", show_default=True)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Where to."
)
@as_json
def monthly(month: str, kind: str, language: str, output: Path | None, json_wanted: bool) -> None:
    """Write a month's Laporan Pengaduan Bulanan; the same month gives the same report.

    \b
    Example:
      gis-dispatch report monthly 2026-11 --format xlsx --output november.xlsx
    """
    # Paper and spreadsheets take a second to import, which other commands need not wait for.
    from gis_dispatch.running.reports import monthly_report

    file = output or Path(f"laporan-{month}.{kind}")
    with database() as (settings, url):
        chosen = settings.model_copy(update={"locale": language, "database_url": url})
        with wiring.open_app(chosen, url) as app:
            file.write_bytes(monthly_report(app, month, kind))
    size = file.stat().st_size
    answer({"file": file.absolute(), "size_bytes": size}, json_wanted, f"{file}: {size:,} bytes")
