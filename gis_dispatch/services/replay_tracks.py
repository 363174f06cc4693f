"""Where units were in a part of a span: points with both their clocks, as parallel lists."""

from datetime import datetime

from gis_dispatch.errors import BadInput, PeriodBackwards
from gis_dispatch.ports import House, Row
from gis_dispatch.services.replay_spans import Span


class TracksTooLong(BadInput):
    """{field}: ask for at most {most} s of tracks at once, as points are {every_s} s apart."""


def replay_tracks(
    house: House, span: Span, from_at: datetime, to_at: datetime, only_agency: str | None = None
) -> Row:
    """Points recorded in a part of a span; late ones have a delay, doubted ones were not shown.

    A private brigade (`only_agency`) sees its own units.
    """
    if to_at <= from_at:
        raise PeriodBackwards(
            field="until", ends_at=to_at.isoformat(), starts_at=from_at.isoformat()
        )
    if (to_at - from_at).total_seconds() > span.slice_s:
        raise TracksTooLong(field="until", most=span.slice_s, every_s=span.every_s)
    rows = house.store.reads.all(
        "replay_tracks",
        from_at=from_at,
        to_at=to_at,
        every_s=span.every_s,
        only_agency=only_agency,
    )
    return {"from": from_at, "to": to_at, "every_s": span.every_s, "items": rows}
