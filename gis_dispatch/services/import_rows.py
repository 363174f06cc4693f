"""Reads rows of one or several kinds out of a file: previewed, then all are saved or none.

Rows may name what rows of an earlier kind in the same file bring: those have numbers below zero
until they are saved.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ClassVar

from gis_dispatch.domain.people import Actor
from gis_dispatch.errors import BadInput, ChoiceUnknown
from gis_dispatch.ports import House, Row, Transaction
from gis_dispatch.services.import_report import ImportedRow, ImportReport, refuse_repeated
from gis_dispatch.services.tabular import Cells, read_rows

KIND_COLUMN = "row"
Columns = Mapping[str, tuple[str, ...]]


@dataclass
class Known:
    """What rows may name: what is there, and what other rows of the file bring."""

    house: House
    tx: Transaction
    sample: bool = False
    agencies: dict[str, str] = field(default_factory=dict)
    """Codes of agencies in use, by code and by short name in small letters."""
    stations: list[Row] = field(default_factory=list)
    units: dict[str, Row] = field(default_factory=dict)
    """By call sign in small letters."""
    people: list[Row] = field(default_factory=list)
    shifts: list[Row] = field(default_factory=list)
    """Those of the file."""
    unsaved: Iterator[int] = field(default_factory=lambda: count(-1, -1))
    real: dict[int, int] = field(default_factory=dict)
    """The number each new thing got when it was saved."""

    @classmethod
    def of(cls, house: House, tx: Transaction, *, sample: bool) -> "Known":
        """What is there before the file."""
        agencies = [row for row in tx.all("list_agencies") if row["active"]]
        return cls(
            house,
            tx,
            sample,
            agencies={
                **{row["short_name"].lower(): row["code"] for row in agencies},
                **{row["code"].lower(): row["code"] for row in agencies},
            },
            stations=[row for row in tx.all("admin_stations") if row["active"]],
            units={row["call_sign"].lower(): row for row in tx.all("admin_units")},
            people=tx.all("list_people"),
        )

    def new_id(self) -> int:
        """A number for something that is not saved yet."""
        return next(self.unsaved)

    def keep(self, row: ImportedRow, things: Iterable[Row], id: int) -> None:
        """Remember which number the thing of a row got."""
        for one in things:
            if one.get("row") is row:
                self.real[one["id"]] = id

    def saved(self, id: int) -> int:
        """The number as the database has it."""
        return self.real.get(id, id)


class RowKind(ABC):
    """One kind of row: how it is read, compared with what is there, and saved."""

    code: ClassVar[str]
    words: ClassVar[tuple[str, ...]]
    """How else people write the kind in the column `row`."""
    columns: ClassVar[Columns]
    needed: ClassVar[tuple[str, ...]]
    repeated: ClassVar[str]
    """The column to blame when the same thing is in the file twice."""
    compared: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def read(self, cells: Cells, known: Known) -> ImportedRow:
        """What the cells say; problems are the row's."""

    @abstractmethod
    def key(self, row: ImportedRow) -> Any:
        """What makes two rows the same thing."""

    @abstractmethod
    def save(self, row: ImportedRow, known: Known, actor: Actor) -> None:
        """Write one sound row."""

    def look(self, row: ImportedRow, known: Known) -> None:  # noqa: B027
        """What else there is to say of a sound row, beside the other rows."""

    def same(self, before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
        """Whether the file says what is there already."""
        return all(before[name] == values[name] for name in self.compared)


def run_import(
    house: House,
    actor: Actor,
    data: bytes,
    filename: str,
    kinds: Sequence[RowKind],
    *,
    dry_run: bool = False,
    sample: bool = False,
) -> ImportReport:
    """What the file would do; without `dry_run` it is done, unless a row is wrong (RowsWrong)."""
    several = len(kinds) > 1
    needed = (KIND_COLUMN,) if several else kinds[0].needed
    cells = read_rows(data, filename, _columns(kinds, several=several), needed)
    with house.store.transaction() as tx:
        known = Known.of(house, tx, sample=sample)
        read, wrong = _read(cells, kinds, known, several=several)
        everything = sorted([*(row for row, _ in read), *wrong], key=lambda row: row.place)
        report = ImportReport(saved=not dry_run, rows=tuple(everything))
        if not dry_run:
            report.require_sound()
            for row, kind in read:
                _save(row, kind, known, actor)
    return report


def _columns(kinds: Sequence[RowKind], *, several: bool) -> Columns:
    """Every column of these kinds; a name that means two things means the first."""
    columns: dict[str, tuple[str, ...]] = {KIND_COLUMN: ("baris",)} if several else {}
    taken = set(columns)
    for kind in kinds:
        for name, others in kind.columns.items():
            free = tuple(one for one in others if one not in taken)
            columns[name] = (*columns.get(name, ()), *free)
            taken |= {name, *free}
    return columns


def _read(
    cells: Sequence[Cells], kinds: Sequence[RowKind], known: Known, *, several: bool
) -> tuple[list[tuple[ImportedRow, RowKind]], list[ImportedRow]]:
    """Rows in the order in which they are saved, and those of no kind."""
    named = {word: kind for kind in kinds for word in (kind.code, *kind.words)}
    of_kind: dict[str, list[tuple[int, Cells]]] = {kind.code: [] for kind in kinds}
    wrong = []
    for place, one in enumerate(cells):
        word = one.values.get(KIND_COLUMN, "").lower() if several else kinds[0].code
        kind = named.get(word)
        if kind is None:
            row = ImportedRow(one.where, one.values.get("name", ""), {}, place=place)
            row.refuse(ChoiceUnknown(field=KIND_COLUMN, given=word, allowed=tuple(of_kind)))
            wrong.append(row)
        else:
            of_kind[kind.code].append((place, one))
    read: list[tuple[ImportedRow, RowKind]] = []
    for kind in kinds:
        rows = []
        for place, one in of_kind[kind.code]:
            row = kind.read(one, known)
            row.place, row.kind = place, kind.code
            rows.append(row)
        refuse_repeated(rows, kind.repeated, kind.key)
        for row in rows:
            if row.problems:
                continue
            if row.before is not None:
                row.action = "same" if kind.same(row.before, row.values) else "change"
            kind.look(row, known)
        read += [(row, kind) for row in rows]
    return read, wrong


def _save(row: ImportedRow, kind: RowKind, known: Known, actor: Actor) -> None:
    if row.action == "same":
        return
    try:
        kind.save(row, known, actor)
    except BadInput as refusal:
        row.refuse(refusal)
        ImportReport(saved=False, rows=(row,)).require_sound()
