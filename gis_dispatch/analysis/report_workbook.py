"""The monthly report as a spreadsheet; the same report makes the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from gis_dispatch.analysis.report_tables import Cell, Seconds, Share, Table

WIDEST_COLUMN = 60
NARROWEST_COLUMN = 10
SECONDS_PER_DAY = 86_400


class _Pen:
    """Writes cells in their form."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": "Arial", "font_size": 11, "valign": "top"}
        self.title = book.add_format({**plain, "bold": True, "font_size": 14})
        self.note = book.add_format({**plain, "italic": True, "font_color": "#555555"})
        self.head = book.add_format(
            {**plain, "bold": True, "bg_color": "#0a5cb8", "font_color": "#ffffff", "border": 1}
        )
        self._looks = {
            bold: {
                str: book.add_format({**plain, "bold": bold}),
                int: book.add_format({**plain, "bold": bold, "num_format": "#,##0"}),
                Seconds: book.add_format({**plain, "bold": bold, "num_format": "[h]:mm:ss"}),
                Share: book.add_format({**plain, "bold": bold, "num_format": "0.0%"}),
            }
            for bold in (False, True)
        }

    def write(self, sheet: Any, row: int, column: int, cell: Cell, *, bold: bool) -> None:
        look = self._looks[bold][type(cell)]
        if isinstance(cell, Seconds | Share):
            scale = SECONDS_PER_DAY if isinstance(cell, Seconds) else 1
            if cell.value is None:
                sheet.write_string(row, column, "–", look)
            else:
                sheet.write_number(row, column, cell.value / scale, look)
        elif isinstance(cell, int):
            sheet.write_number(row, column, cell, look)
        else:
            # As text, always: a place that begins with "=" must not become a formula.
            sheet.write_string(row, column, cell, look)


def workbook(
    title: str, summary: Sequence[tuple[str, Cell]], tables: Mapping[str, Table], as_of: datetime
) -> bytes:
    """The report's summary and each of its tables on a sheet of its own."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # The file says when its data were complete, not when somebody pressed the button.
    book.set_properties({"title": title, "author": "", "created": as_of.replace(tzinfo=None)})
    pen = _Pen(book)
    _summary_sheet(book.add_worksheet(tables_sheet_name(summary)), pen, title, summary)
    for table in tables.values():
        _table_sheet(book.add_worksheet(table.sheet[:31]), pen, table)
    book.close()
    return file.getvalue()


def tables_sheet_name(summary: Sequence[tuple[str, Cell]]) -> str:
    """The first sheet is called what the first line of the summary is called."""
    return summary[0][0][:31]


def _summary_sheet(sheet: Any, pen: _Pen, title: str, summary: Sequence[tuple[str, Cell]]) -> None:
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 1, WIDEST_COLUMN)
    sheet.write_string(0, 0, title, pen.title)
    for row, (name, cell) in enumerate(summary[1:], start=2):
        pen.write(sheet, row, 0, name, bold=True)
        pen.write(sheet, row, 1, cell, bold=False)


def _table_sheet(sheet: Any, pen: _Pen, table: Table) -> None:
    sheet.write_string(0, 0, table.title, pen.title)
    sheet.write_string(1, 0, table.note, pen.note)
    for column, name in enumerate(table.columns):
        sheet.write_string(3, column, name, pen.head)
        texts = [name, *(str(row[column]) for row in table.rows if isinstance(row[column], str))]
        width = max(len(text) for text in texts) + 2
        sheet.set_column(column, column, min(WIDEST_COLUMN, max(NARROWEST_COLUMN, width)))
    for number, cells in enumerate(table.rows, start=4):
        for column, cell in enumerate(cells):
            pen.write(sheet, number, column, cell, bold=False)
    for column, cell in enumerate(table.total):
        pen.write(sheet, 4 + len(table.rows), column, cell, bold=True)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
