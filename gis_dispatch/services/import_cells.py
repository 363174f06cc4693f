"""What cells say: agencies, units, numbers, yes or no, times; each problem is the row's."""

from datetime import datetime

from gis_dispatch.errors import AgencyUnknown, ChoiceUnknown, NumberOutOfRange, TextMissing
from gis_dispatch.ports import Row
from gis_dispatch.services.import_refusals import NotAMoment, NotANumber, UnitNotThere
from gis_dispatch.services.import_report import ImportedRow
from gis_dispatch.services.import_rows import Known

YES = frozenset({"", "yes", "ya", "y", "1", "true", "laik", "baik", "fit"})
NO = frozenset({"no", "tidak", "t", "n", "0", "false", "rusak", "tidak laik", "unfit"})


def one_line(given: str | None) -> str:
    """Words without the line breaks of a spreadsheet."""
    return " ".join((given or "").split())


def needed_text(row: ImportedRow, column: str, given: str | None) -> str:
    """Words that must be there."""
    words = one_line(given)
    if not words:
        row.refuse(TextMissing(field=column))
    return words


def agency_of(row: ImportedRow, given: str | None, known: Known) -> str:
    """The code of the agency a cell names."""
    words = one_line(given)
    found = known.agencies.get(words.lower())
    if found is None:
        row.refuse(AgencyUnknown(field="agency", given=words))
    return found or words


def unit_of(row: ImportedRow, given: str | None, known: Known) -> Row | None:
    """The unit a cell names."""
    words = needed_text(row, "call_sign", given)
    found = known.units.get(words.lower())
    if words and (found is None or not found["active"]):
        row.refuse(UnitNotThere(field="call_sign", given=words))
        return None
    return found


def whole(row: ImportedRow, column: str, given: str | None, least: int, most: int) -> int | None:
    """A whole number within bounds, or None where the cell is empty."""
    words = one_line(given)
    if not words:
        return None
    if not words.lstrip("-").isdecimal():
        row.refuse(NotANumber(field=column, given=words))
        return None
    value = int(words)
    if not least <= value <= most:
        row.refuse(NumberOutOfRange(field=column, given=value, least=least, most=most))
        return None
    return value


def yes(row: ImportedRow, column: str, given: str | None) -> bool:
    """Whether a cell says yes; an empty one does."""
    word = one_line(given).lower()
    if word not in YES | NO:
        row.refuse(ChoiceUnknown(field=column, given=word, allowed=("ya", "tidak")))
    return word not in NO


def moment(row: ImportedRow, column: str, given: str | None, known: Known) -> datetime | None:
    """A day and time in the city's own time, or with the zone that is written with it."""
    words = one_line(given)
    if not words:
        row.refuse(TextMissing(field=column))
        return None
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        row.refuse(NotAMoment(field=column, given=words))
        return None
    return found if found.tzinfo else found.replace(tzinfo=known.house.timezone)
