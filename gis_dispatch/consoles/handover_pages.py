"""A hand-over of a shift on paper, in the viewer's language."""

from datetime import datetime
from typing import Any

from flask import render_template
from flask_babel import format_datetime, gettext

from gis_dispatch.consoles.aside import aside
from gis_dispatch.consoles.context import current_settings
from gis_dispatch.consoles.i18n import current_locale
from gis_dispatch.consoles.report_pages import zone
from gis_dispatch.domain.words import status_word, word
from gis_dispatch.ports import Row


def handover_pdf(handover: Row) -> bytes:
    """What was handed over, with a line for each signature."""
    # Here and not beside the event loop: WeasyPrint looks for its libraries with a subprocess, and
    # gevent starts those in the main thread only.
    from gis_dispatch.analysis.report_paper import paper

    settings = current_settings()
    html = render_template(
        "handover_paper.html",
        handover=handover,
        picture=handover["picture"],
        desk=handover["agency_name"] or settings.service_name,
        city=settings.city,
        service_name=settings.service_name,
        timezone=settings.timezone,
        moment=_moment,
        status=lambda code: gettext(status_word("incident", code)),
        step=lambda code: gettext(word(f"owed.{code}")),
        kind=lambda row: row[f"kind_name_{current_locale()}"],
        locale=current_locale(),
    )
    return aside(paper, html, handover["sha256"])


def _moment(value: Any) -> str:
    """A stamp of a row, or the text it became in the kept picture."""
    if value is None:
        return "–"
    at = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return str(format_datetime(at.astimezone(zone()), "d MMM yyyy HH:mm", rebase=False))
