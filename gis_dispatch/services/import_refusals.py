"""What can be wrong with a file of stations or units, and the sentence for it."""

from gis_dispatch.errors import BadInput


class FileNotUtf8(BadInput):
    """{file}: byte {byte} is not UTF-8. Save the file as UTF-8."""


class FileWithoutRows(BadInput):
    """{file}: there is no row in it."""


class FileTooLong(BadInput):
    """{file}: {count} rows are too many; {most} are the most at once."""


class ColumnsMissing(BadInput):
    """{file}, line 1: these columns are missing: {missing}. Known columns: {known}."""


class CsvBroken(BadInput):
    """{file}, line {line}: this is not CSV: {problem}."""


class JsonBroken(BadInput):
    """{file}, line {line}: this is not JSON: {problem}."""


class NotFeatures(BadInput):
    """{file}: this is not a GeoJSON FeatureCollection."""


class NotDegrees(BadInput):
    """{field}: "{given}" is not a number. Write degrees, such as 108.98724."""


class DegreesSwapped(BadInput):
    """{field}: {given} is not possible. Are longitude and latitude the wrong way round?"""


class RowRepeated(BadInput):
    """{field}: "{given}" is already on {where}. Keep one of them."""


class StationNotThere(BadInput):
    """{field}: there is no station "{given}". Import or add the stations first."""


class StationNotUnique(BadInput):
    """{field}: there are {count} stations named "{given}". Give them different names first."""


class CrewNotUnderstood(BadInput):
    """{field}: "{given}" is not understood. Write "Name (role)|Name (role)"."""


class EquipmentNotUnderstood(BadInput):
    """{field}: "{given}" is not understood. Write "Thing x4|Thing x1"."""


class NotANumber(BadInput):
    """{field}: "{given}" is not a whole number."""


class NotAMoment(BadInput):
    """{field}: "{given}" is not a day and time. Write it as 2026-03-02 07:00."""


class UnitNotThere(BadInput):
    """{field}: there is no unit "{given}". Give it a row of its own, or import the units first."""


class AreaNotThere(BadInput):
    """{field}: there is no area "{given}". Draw it first, under response plans."""


class UnitElsewhere(BadInput):
    """{field}: {unit} is not a unit of {agency}."""


class PersonNotThere(BadInput):
    """{field}: {agency} has nobody called "{given}". Give them a row, or add them first."""


class PersonNotUnique(BadInput):
    """{field}: there are {count} people named "{given}". Give their numbers to tell them apart."""


class ShiftOverlaps(BadInput):
    """{field}: the same person is on {unit} at that time. Nobody is on two units at once."""


class FarFromRoad(BadInput):
    """{field}: {gap_m} m from the nearest road. Check the place."""


class NoRoadNear(BadInput):
    """{field}: there is no road near, so its units could not be ranked. Check the place."""


class VillageCodeUnusable(BadInput):
    """{field}: "{given}" is not a code. Write it as the ministry does: 61.72.01.1001."""


class DistrictNotThere(BadInput):
    """{field}: there is no district {given}. Write its name beside it (district, nama_kec)."""


class OutlineCrossed(BadInput):
    """{field}: the outline cannot be used: {problem}."""


class RowsWrong(BadInput):
    """Nothing was saved: {count} rows need correcting. The first is {where}: {problem}"""
