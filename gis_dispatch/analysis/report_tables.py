"""The monthly report as tables with words in one language; paper and spreadsheet show the same."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gis_dispatch.domain.words import WORDS
from gis_dispatch.errors import _

Row = Mapping[str, Any]
Say = Callable[[str], str]

OPEN_CALL = _("not closed yet")
INCIDENT_CALL = _("emergency: became an incident")
NAME = {"id": "name_id", "en": "name_en"}


@dataclass(frozen=True, slots=True)
class Seconds:
    """A duration in a cell; None is "–"."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one in a cell; None is "–"."""

    value: float | None


Cell = str | int | Seconds | Share


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its sheet, title, what to know when reading it, columns, rows, a total."""

    sheet: str
    title: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] = ()


def report_tables(report: Row, kinds: Sequence[Row], say: Say, locale: str) -> dict[str, Table]:
    """Every table of the report, in reading order."""
    names = {kind["code"]: kind[NAME.get(locale, "name_en")] for kind in kinds}
    return {
        "calls": _calls(report, say),
        "kinds": _kinds(report, names, say),
        "agencies": _agencies(report, say),
        "intervals": _intervals(report, say),
        "kind_times": _kind_times(report, names, say),
        "days": _days(report, say),
        "cases": _cases(report, names, say),
        "definitions": _definitions(report, say),
    }


def _calls(report: Row, say: Say) -> Table:
    total = report["calls"]["total"]
    rows = []
    for line in report["calls"]["by_disposition"]:
        code = line["disposition"]
        word = {"open": OPEN_CALL, "incident": INCIDENT_CALL}.get(code, WORDS.get(code, code))
        rows.append((say(word), line["count"], Share(line["count"] / total if total else None)))
    return Table(
        sheet=say(_("Calls")),
        title=say(_("Calls by disposition")),
        note="",
        columns=(say(_("Disposition")), say(_("Calls")), say(_("Share"))),
        rows=rows,
        total=(say(_("Total")), total, Share(1.0 if total else None)),
    )


def _kinds(report: Row, names: Mapping[str, str], say: Say) -> Table:
    table = report["kind_by_district"]
    unknown = any("" in line for line in table.values())
    districts = [*report["districts"], *([""] if unknown else [])]
    rows = []
    for kind in report["kinds"]:
        line = table.get(kind["code"], {})
        counts = [line.get(district, 0) for district in districts]
        rows.append((names.get(kind["code"], kind["code"]), *counts, sum(counts)))
    sums = [sum(line.get(district, 0) for line in table.values()) for district in districts]
    heads = [district or say(_("Not known")) for district in districts]
    return Table(
        sheet=say(_("Incidents")),
        title=say(_("Incidents by kind and district")),
        note=say(_("Without cancelled, duplicate and transferred incidents.")),
        columns=(say(_("Kind")), *heads, say(_("Total"))),
        rows=rows,
        total=(say(_("Total")), *sums, sum(sums)),
    )


def _agencies(report: Row, say: Say) -> Table:
    rows = [
        (
            line["short_name"],
            line["referrals"],
            line["completed"],
            line["handed_back"],
            line["open"],
            Seconds(line["acknowledge"]["median_s"]),
            Seconds(line["acknowledge"]["p90_s"]),
        )
        for line in report["agencies"]
    ]
    return Table(
        sheet=say(_("Agencies")),
        title=say(_("Referrals by agency")),
        note=say(_("Acknowledged after: from the referral being sent to its acknowledgement.")),
        columns=(
            say(_("Agency")),
            say(_("Referrals")),
            say(_("Completed")),
            say(_("Handed back")),
            say(_("Open")),
            say(_("Acknowledged after (median)")),
            say(_("Acknowledged after (P90)")),
        ),
        rows=rows,
    )


def _intervals(report: Row, say: Say) -> Table:
    rows = [
        (
            say(line["name"]),
            line["count"],
            Seconds(line["median_s"]),
            Seconds(line["p90_s"]),
            line["missing"] + line["backwards"],
        )
        for line in report["intervals"]
    ]
    return Table(
        sheet=say(_("Response times")),
        title=say(_("Response times")),
        note=say(_("P90: nine of ten took no longer. A missing stamp is never guessed.")),
        columns=(
            say(_("Interval")),
            say(_("Measured")),
            say(_("Median")),
            say(_("P90")),
            say(_("Not measurable")),
        ),
        rows=rows,
    )


def _kind_times(report: Row, names: Mapping[str, str], say: Say) -> Table:
    rows = [
        (
            names.get(kind["code"], kind["code"]),
            kind["count"],
            kind["total_response"]["count"],
            Seconds(kind["total_response"]["median_s"]),
            Seconds(kind["total_response"]["p90_s"]),
            Share(kind["within_target"]),
        )
        for kind in report["kinds"]
    ]
    return Table(
        sheet=say(_("Times by kind")),
        title=say(_("Total response by kind")),
        note="",
        columns=(
            say(_("Kind")),
            say(_("Incidents")),
            say(_("Measured")),
            say(_("Median")),
            say(_("P90")),
            say(_("Within {minutes} min")).format(minutes=report["target_s"] // 60),
        ),
        rows=rows,
    )


def _days(report: Row, say: Say) -> Table:
    return Table(
        sheet=say(_("Days")),
        title=say(_("Incidents by day")),
        note="",
        columns=(say(_("Day")), say(_("Incidents"))),
        rows=[(line["day"], line["count"]) for line in report["days"]],
        total=(say(_("Total")), sum(line["count"] for line in report["days"])),
    )


def _cases(report: Row, names: Mapping[str, str], say: Say) -> Table:
    short = {line["code"]: line["short_name"] for line in report["agencies"]}
    rows = []
    for case in report["cases"]:
        outcome = case["outcome"] or case["status"]
        place = ", ".join(filter(None, (case["place"], case["village"], case["district"])))
        rows.append(
            (
                case["number"],
                case["received"],
                names.get(case["kind"], case["kind"]),
                place,
                ", ".join(short.get(code, code) for code in case["agencies"]) or "–",
                Seconds(case["total_response_s"]),
                say(WORDS.get(outcome, outcome)),
            )
        )
    return Table(
        sheet=say(_("Cases")),
        title=say(_("The month's incidents")),
        note=say(_("Without personal data.")),
        columns=(
            say(_("Number")),
            say(_("Received")),
            say(_("Kind")),
            say(_("Place")),
            say(_("Agencies")),
            say(_("Total response")),
            say(_("Outcome")),
        ),
        rows=rows,
    )


def _definitions(report: Row, say: Say) -> Table:
    return Table(
        sheet=say(_("Definitions")),
        title=say(_("What each interval means")),
        note="",
        columns=(say(_("Interval")), say(_("Definition"))),
        rows=[(say(line["name"]), say(line["definition"])) for line in report["intervals"]],
    )
