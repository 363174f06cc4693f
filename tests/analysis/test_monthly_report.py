"""The month's report holds its cases, names no caller, and is always the same bytes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import psycopg2
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from gis_dispatch.analysis.monthly_report import checksum, read_monthly_report
from gis_dispatch.analysis.report_paper import ForeignResource, OwnFonts
from tests.analysis.conftest import BEGIN, WHOSE, City
from tests.analysis.history import write_history
from tests.consoles.town import Browser, Town
from tests.databases import Databases
from tests.towns import copied

MONTH = "/reports/monthly/2026-10"


@pytest.fixture(scope="module")
def archive(
    all_databases: Databases, furnished: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """A town with an October; nobody changes it."""
    with copied(all_databases, furnished, tmp_path_factory.mktemp("home")) as town:
        write_history(town.url, begin=BEGIN, days=31, incidents=40)
        yield town


@pytest.fixture(scope="module")
def planner(archive: Town) -> Browser:
    """A planner who is signed in."""
    return archive.signed_in("planner")


def test_the_report_counts_what_happened(city: City) -> None:
    """Forty cases in order of their calls, each with place, agencies and outcome."""
    report = read_monthly_report(city.store.reads, city.october, WHOSE)
    assert report["month"] == "2026-10"
    assert len(report["cases"]) == 40
    assert [case["received"] for case in report["cases"]] == sorted(
        case["received"] for case in report["cases"]
    )
    assert sum(line["count"] for line in report["calls"]["by_disposition"]) == 160
    assert sum(line["referrals"] for line in report["agencies"]) == 40
    assert len(report["districts"]) == 5


def test_the_report_names_no_caller(city: City) -> None:
    """Neither number nor name of a caller is anywhere in it."""
    report = str(read_monthly_report(city.store.reads, city.october, WHOSE))
    assert "PRIVATE" not in report
    assert "Rahasia" not in report


def test_the_checksum_is_of_the_data(city: City) -> None:
    """The same data have the same sum; one stamp more has another."""
    first = read_monthly_report(city.store.reads, city.october, WHOSE)
    assert read_monthly_report(city.store.reads, city.october, WHOSE) == first
    assert first["sha256"] == checksum({k: v for k, v in first.items() if k != "sha256"})
    with psycopg2.connect(city.url) as connection, connection.cursor() as session:
        session.execute("UPDATE incidents SET address = 'Jl. Lain' WHERE id = 1")
    assert read_monthly_report(city.store.reads, city.october, WHOSE)["sha256"] != first["sha256"]


def test_the_pdf_holds_the_cases(planner: Browser, archive: Town) -> None:
    """Letterhead, SOP, every case number, the checksum and page numbers."""
    answer = planner.get(f"{MONTH}.pdf")
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages]
    text = "\n".join(pages)
    assert "KOTA SINGKAWANG" in text.upper()
    assert "000.8.3.3/07/IKP-B/2023" in text
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    report = planner.get(MONTH).get_json()
    assert all(report["sha256"] in page for page in pages)
    numbers = [row[0] for row in archive.sql("SELECT number FROM incidents")]
    assert all(number in text for number in numbers)
    assert "PRIVATE" not in text


def test_the_spreadsheet_holds_the_cases(planner: Browser, archive: Town) -> None:
    """A sheet per table; numbers are numbers and times are times."""
    book = load_workbook(BytesIO(planner.get(f"{MONTH}.xlsx").data))
    assert len(book.sheetnames) == 9
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    numbers = {row[0] for row in archive.sql("SELECT number FROM incidents")}
    assert numbers <= set(cells)
    assert 160 in cells
    assert not any("PRIVATE" in str(cell) for cell in cells)


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_same_month_is_the_same_bytes(
    archive: Town, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it is made at another time: neither form keeps the moment of its making."""
    bearer = {"Authorization": f"Bearer {archive.token('planner')}"}
    program = Browser(archive.app.test_client())
    first = program.get(f"{MONTH}.{ending}", headers=bearer)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    second = program.get(f"{MONTH}.{ending}", headers=bearer)
    assert (first.status_code, second.status_code) == (200, 200)
    assert second.data == first.data


def test_a_spreadsheet_cell_is_never_a_formula(city: City, archive: Town) -> None:
    """A place that begins with "=" stays text."""
    archive.sql("UPDATE incidents SET address = '=1+1' WHERE id = 1")
    sheet = archive.signed_in("planner").get(f"{MONTH}.xlsx").data
    archive.sql("UPDATE incidents SET address = 'Jl. Diponegoro' WHERE id = 1")
    with ZipFile(BytesIO(sheet)) as files:
        assert not any(b"<f>" in files.read(name) for name in files.namelist())


def test_a_printed_page_fetches_nothing() -> None:
    """Only our own fonts are answered."""
    with pytest.raises(ForeignResource):
        OwnFonts().fetch("https://example.org/logo.png")
    with pytest.raises(ForeignResource):
        OwnFonts().fetch(Path("/etc/hostname").as_uri())


def test_an_empty_month_is_a_report_too(planner: Browser) -> None:
    """A quiet month is printed as such."""
    report = planner.get("/reports/monthly/2025-02").get_json()
    assert report["incidents"] == {"handled": 0, "total": 0}
    assert report["within_target"] is None
    assert planner.get("/reports/monthly/2025-02.pdf").status_code == 200


def test_statistics_heat_and_months_are_answered(planner: Browser) -> None:
    """The planner's page gets what it draws; a bad month is refused by its field."""
    period = {"from": "2026-10-01T00:00:00+07:00", "to": "2026-11-01T00:00:00+07:00"}
    made = planner.get("/statistics", query_string=period).get_json()
    assert made["incidents"]["handled"] == 40
    heat = planner.get("/heat", query_string={**period, "kind": "kebakaran"}).get_json()
    assert len(heat["points"]) == sum(
        kind["count"] for kind in made["by_kind"] if kind["code"] == "kebakaran"
    )
    refused = planner.get("/reports/monthly/2026-99")
    assert (refused.status_code, refused.get_json()["field"]) == (422, "month")
