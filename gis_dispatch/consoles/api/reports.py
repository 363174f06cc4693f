"""Statistics, heat and the month's report; nothing in them names a caller."""

from typing import Any

from flask import jsonify, make_response, request
from flask_babel import format_datetime, gettext
from pydantic import AwareDatetime, BaseModel, Field
from werkzeug.wrappers import Response

from gis_dispatch.analysis.heat import heat
from gis_dispatch.analysis.monthly_report import read_monthly_report
from gis_dispatch.analysis.periods import Period, chosen_period, month_period
from gis_dispatch.analysis.statistics import Facts, read_facts, statistics, total_response_s
from gis_dispatch.consoles.api.document import a_file, resource
from gis_dispatch.consoles.api.shapes import Query, Shape
from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_house, current_settings
from gis_dispatch.consoles.i18n import current_locale
from gis_dispatch.consoles.report_pages import (
    incidents_page,
    installation,
    kind_names,
    map_lines,
    report_pdf,
    report_xlsx,
    zone,
)
from gis_dispatch.consoles.roles import needs
from gis_dispatch.maps.basemaps import OWN, get_basemap
from gis_dispatch.ports import Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BACKGROUND_ZOOM = 11  # of the basemap's data: the classes drawn under a map to take along

blueprint = resource("reports", "Statistics and reports")


class PeriodQuery(Query):
    """Which period and kind."""

    since: AwareDatetime | None = Field(
        default=None, alias="from", description="Received from; default 30 days before the end."
    )
    until: AwareDatetime | None = Field(
        default=None, alias="to", description="Received before; default now."
    )
    kind: str | None = Field(default=None, description="A kind, with all of its sub-kinds.")

    def facts(self) -> Facts:
        """What was recorded in this period."""
        house = current_house()
        period = chosen_period(self.since, self.until, house.clock.now(), zone())
        return read_facts(house.store.reads, period, self.kind)


class MonthPath(BaseModel):
    """Which month."""

    month: str = Field(description="Year and month of the city's own calendar: 2026-11.")


class Statistics(Shape):
    """Counts, and every interval with median, 90th percentile and what is missing."""

    calls: dict[str, Any]
    incidents: dict[str, Any]
    intervals: list[dict[str, Any]]
    target_s: int
    within_target: float | None


class Heat(Shape):
    """Density on a grid: cells are [column, row, weight] from the south-west corner."""

    bandwidth_m: float
    cell_m: float | None
    grid: dict[str, float] | None
    cells: list[list[float]]
    points: list[dict[str, Any]]


@blueprint.get("/statistics", responses={200: Statistics})
@needs("reports.read")
def read_statistics(query: PeriodQuery) -> Response:
    """Count a period: calls, incidents, response times by kind, district, hour and day."""
    target_s = current_settings().total_response_target_s
    made = statistics(query.facts(), target_s)
    for interval in made["intervals"]:
        interval["name"] = gettext(interval["name"])
        interval["definition"] = gettext(interval["definition"])
    return jsonify(made)


@blueprint.get("/heat", responses={200: Heat})
@needs("reports.read")
def read_heat(query: PeriodQuery) -> Response:
    """Show where a period's incidents gather, and each of them as a point."""
    handled = query.facts().handled()
    points = [
        {
            "number": row["number"],
            "lon": row["lon"],
            "lat": row["lat"],
            "kind": row["kind"],
            "priority": row["priority"],
            "received_at": row["received_at"],
            "total_response_s": total_response_s(row),
        }
        for row in handled
    ]
    density = aside(heat, [(row["lon"], row["lat"]) for row in handled])
    return jsonify(**density, points=points)


@blueprint.get("/reports/monthly/<month>", responses={200: a_file("application/json")})
@needs("reports.read")
def monthly_report(path: MonthPath) -> Response:
    """Read a month's report as data."""
    return jsonify(_report(path.month))


@blueprint.get("/reports/monthly/<month>.pdf", responses={200: a_file("application/pdf")})
@needs("reports.read")
def monthly_report_pdf(path: MonthPath) -> Response:
    """Read a month's report on paper."""
    report = _report(path.month)
    return _download(report_pdf(report), "application/pdf", f"{_file_name(path.month)}.pdf")


@blueprint.get("/reports/monthly/<month>.xlsx", responses={200: a_file(XLSX)})
@needs("reports.read")
def monthly_report_xlsx(path: MonthPath) -> Response:
    """Read a month's report as a spreadsheet."""
    report = _report(path.month)
    return _download(report_xlsx(report), XLSX, f"{_file_name(path.month)}.xlsx")


@blueprint.get("/maps/incidents.html", responses={200: a_file("text/html")})
@needs("reports.read")
def incidents_map(query: PeriodQuery) -> Response:
    """Take a period's map along: one file that needs no network."""
    facts, reads = query.facts(), current_house().store.reads
    basemap = get_basemap(OWN)
    roads = reads.all("export_roads", classes=basemap.shown_classes(BACKGROUND_ZOOM))
    whose = reads.find("current_road_attribution")
    names = kind_names(facts.kinds)
    incidents = [
        {**row, "total_response_s": total_response_s(row), "lines": map_lines(row, names)}
        for row in facts.handled()
    ]
    page = incidents_page(
        incidents,
        roads,
        title=f"{current_settings().service_name} · {current_settings().city}",
        period=_in_words(facts.period),
        sample=gettext("Sample city: these incidents are simulated.")
        if facts.sample_city
        else None,
        attribution=whose["attribution"] if whose else basemap.attribution,
        target_s=current_settings().total_response_target_s,
    )
    day = facts.period.since.astimezone(zone()).date().isoformat()
    return _download(page.encode(), "text/html", f"incidents-{day}.html")


def _report(month: str) -> Row:
    period = month_period(month, zone())
    return read_monthly_report(current_house().store.reads, period, installation())


def _file_name(month: str) -> str:
    title = {"id": "laporan-pengaduan-bulanan", "en": "monthly-complaints-report"}
    return f"{title.get(current_locale(), 'report')}-{month}"


def _in_words(period: Period) -> str:
    first, last = (
        format_datetime(moment.astimezone(period.zone), "d MMM yyyy HH:mm", rebase=False)
        for moment in (period.since, period.until)
    )
    return f"{first} – {last}"


def _download(body: bytes, mime_type: str, name: str) -> Response:
    response = make_response(body)
    response.mimetype = mime_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)
