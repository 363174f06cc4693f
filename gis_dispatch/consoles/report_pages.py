"""The monthly report in the viewer's language: as a PDF and as a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import format_date, format_datetime, get_translations, gettext

from gis_dispatch.analysis.monthly_report import Installation
from gis_dispatch.analysis.report_tables import NAME, Cell, Seconds, Share, Table, report_tables
from gis_dispatch.analysis.statistics import total_response_s
from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_house, current_settings
from gis_dispatch.consoles.i18n import current_locale
from gis_dispatch.errors import _
from gis_dispatch.services.facts_files import read_procedure

Report = Mapping[str, Any]

SAMPLE = _("Sample city: these incidents are simulated.")


def installation() -> Installation:
    """Whose report it is, from the settings and the procedure's file of facts."""
    settings = current_settings()
    procedure = read_procedure(settings.sop)
    return Installation(
        city=settings.city,
        service_name=settings.service_name,
        sop_number=procedure.number,
        sop_owner=procedure.owner,
        target_s=settings.total_response_target_s,
    )


def cell_text(value: Cell) -> str:
    """A cell as people read it: minutes and seconds, per cent, a dash for nothing."""
    if isinstance(value, Seconds):
        if value.value is None:
            return "–"
        minutes, seconds = divmod(round(value.value), 60)
        hours, rest = divmod(minutes, 60)
        return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    if isinstance(value, Share):
        return "–" if value.value is None else f"{value.value * 100:.1f} %"
    return str(value)


def _tables(report: Report) -> dict[str, Table]:
    kinds = current_house().store.reads.all("statistics_kinds")
    return report_tables(report, kinds, gettext, current_locale())


def _moments(report: Report) -> tuple[str, datetime, str]:
    """The month in words, when the data were complete, and that in words."""
    zone = ZoneInfo(report["timezone"])
    first = datetime.fromisoformat(report["from"]).astimezone(zone)
    as_of = datetime.fromisoformat(report["data_as_of"]).astimezone(zone)
    return (
        format_date(first.date(), "MMMM yyyy"),
        as_of,
        format_datetime(as_of, "d MMMM yyyy HH:mm", rebase=False),
    )


def _cards(report: Report) -> Sequence[tuple[str, Cell]]:
    total = next(line for line in report["intervals"] if line["code"] == "total_response")
    minutes = report["target_s"] // 60
    return (
        (gettext("Calls"), report["calls"]["total"]),
        (gettext("Incidents handled"), report["incidents"]["handled"]),
        (gettext("Total response, median"), Seconds(total["median_s"])),
        (gettext("Total response, P90"), Seconds(total["p90_s"])),
        (gettext("Within %(minutes)s minutes", minutes=minutes), Share(report["within_target"])),
    )


def report_pdf(report: Report) -> bytes:
    """The report on paper."""
    # Here and not beside the event loop: WeasyPrint looks for its libraries with a subprocess, and
    # gevent starts those in the main thread only.
    from gis_dispatch.analysis.report_paper import paper

    month, _as_of, as_of_words = _moments(report)
    html = render_template(
        "report_monthly.html",
        report=report,
        tables=_tables(report),
        cards=_cards(report),
        title=gettext("Monthly complaints report"),
        month=month,
        as_of=as_of_words,
        locale=current_locale(),
    )
    return aside(paper, html, report["sha256"])


# The makers of files are loaded by who first asks for one, beside the event loop: together they
# are a second's work and 100 MB, which most processes never need.
def _workbook(
    title: str, summary: Sequence[tuple[str, Cell]], tables: Mapping[str, Table], as_of: datetime
) -> bytes:
    from gis_dispatch.analysis.report_workbook import workbook

    return workbook(title, summary, tables, as_of)


def report_xlsx(report: Report) -> bytes:
    """The report as a spreadsheet."""
    month, as_of, as_of_words = _moments(report)
    notes: list[tuple[str, Cell]] = []
    if report["sample"]["city"]:
        notes.append((gettext("Note"), gettext(SAMPLE)))
    summary: list[tuple[str, Cell]] = [
        (gettext("Summary"), ""),
        *notes,
        (gettext("City"), report["city"]),
        (gettext("Service"), report["service_name"]),
        (gettext("SOP"), report["sop"]["number"]),
        (gettext("Month"), month),
        *_cards(report),
        (gettext("Data as entered until"), f"{as_of_words} ({report['timezone']})"),
        ("SHA-256", report["sha256"]),
    ]
    title = f"{gettext('Monthly complaints report')} – {month}"
    return aside(_workbook, title, summary, _tables(report), as_of)


def incidents_page(
    incidents: Sequence[Mapping[str, Any]], roads: Sequence[Mapping[str, Any]], **heading: Any
) -> str:
    """The map to take along; what `Heading` takes says what its legend says."""
    # The catalogue, not `gettext`: that one asks the request whose language is meant.
    return aside(_map, incidents, roads, heading, get_translations().ugettext)


def _map(
    incidents: Sequence[Mapping[str, Any]], roads: Sequence[Mapping[str, Any]],
    heading: Mapping[str, Any], say: Callable[[str], str],
) -> str:  # fmt: skip
    from gis_dispatch.maps.incident_map import Heading, incident_map

    return incident_map(incidents, roads, Heading(**heading), say)


def zone() -> ZoneInfo:
    """The city's time zone."""
    return ZoneInfo(current_settings().timezone)


def kind_names(kinds: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Kind codes in the viewer's language."""
    column = NAME.get(current_locale(), "name_en")
    return {kind["code"]: kind[column] for kind in kinds}


def map_lines(incident: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """What a map says of one incident: number, kind, when, how long until somebody was there."""
    received = incident["received_at"].astimezone(zone())
    taken = cell_text(Seconds(total_response_s(incident)))
    return [
        incident["number"],
        names.get(incident["kind"], incident["kind"]),
        format_datetime(received, "d MMM yyyy HH:mm", rebase=False),
        f"{gettext('Total response')}: {taken}",
    ]
