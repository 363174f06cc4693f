"""What an import found: every row with what would become of it and what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from gis_dispatch.errors import BadInput
from gis_dispatch.services.import_refusals import RowRepeated, RowsWrong

Action = Literal["add", "change", "same", "refused"]


@dataclass
class ImportedRow:
    """One row of the file: where it is, what it says, what would become of it."""

    where: str
    name: str
    values: Mapping[str, Any]
    action: Action = "add"
    kind: str = ""
    place: int = 0
    """Which of the file's rows it is, from the top."""
    shape: Mapping[str, Any] = field(default_factory=dict)
    """Its outline, which is too long to be shown."""
    before: dict[str, Any] | None = None
    """What is there already and would be changed."""
    problems: list[BadInput] = field(default_factory=list)
    notes: list[BadInput] = field(default_factory=list)

    def refuse(self, problem: BadInput) -> None:
        """Something is wrong: the row, and with it the file, is not saved."""
        self.problems.append(problem)
        self.action = "refused"

    def as_document(self, gettext: Callable[[str], str] = str) -> dict[str, Any]:
        """The row as the screen and the API show it."""
        return {
            "where": self.where,
            "kind": self.kind,
            "name": self.name,
            "action": self.action,
            "problems": [
                {"field": one.field or "", "sentence": one.sentence(gettext)}
                for one in self.problems
            ],
            "notes": [one.sentence(gettext) for one in self.notes],
            "values": dict(self.values),
        }


@dataclass(frozen=True)
class ImportReport:
    """The whole file: counted, and row by row."""

    saved: bool
    rows: tuple[ImportedRow, ...]

    def count(self, action: Action) -> int:
        """How many rows have this action."""
        return sum(row.action == action for row in self.rows)

    def as_document(self, gettext: Callable[[str], str] = str) -> dict[str, Any]:
        """The report as the screen and the API show it."""
        return {
            "saved": self.saved,
            "added": self.count("add"),
            "changed": self.count("change"),
            "same": self.count("same"),
            "refused": self.count("refused"),
            "rows": [row.as_document(gettext) for row in self.rows],
        }

    def require_sound(self) -> None:
        """Refuses the whole file when one row of it is wrong."""
        wrong = [row for row in self.rows if row.problems]
        if wrong:
            first = wrong[0]
            problem = first.problems[0]
            raise RowsWrong(
                field=problem.field, count=len(wrong), where=first.where, problem=problem
            )


def refuse_repeated(
    rows: list[ImportedRow], column: str, key: Callable[[ImportedRow], Any]
) -> None:
    """The same thing twice in one file is a mistake, whichever of the two is right."""
    first: dict[Any, str] = {}
    for row in rows:
        before = first.setdefault(key(row), row.where)
        if before != row.where:
            row.refuse(RowRepeated(field=column, given=row.name, where=before))
