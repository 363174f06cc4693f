"""Reports without a browser: made by the same code that answers the planner's page."""

import json
from collections.abc import Callable
from typing import Any

from flask import Flask

from gis_dispatch.analysis.monthly_report import read_monthly_report
from gis_dispatch.analysis.periods import month_period
from gis_dispatch.consoles.context import current_house
from gis_dispatch.consoles.report_pages import installation, report_pdf, report_xlsx, zone


def _as_json(report: dict[str, Any]) -> bytes:
    return json.dumps(report, ensure_ascii=False, indent=1).encode()


WRITERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "pdf": report_pdf,
    "xlsx": report_xlsx,
    "json": _as_json,
}


def monthly_report(app: Flask, month: str, kind: str) -> bytes:
    """A month's Laporan Pengaduan Bulanan as a file's content."""
    with app.app_context():
        reads = current_house().store.reads
        return WRITERS[kind](
            read_monthly_report(reads, month_period(month, zone()), installation())
        )
