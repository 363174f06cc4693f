"""What is wrong with a file that should become a layer, each with its sentence and its number."""

from gis_dispatch.errors import BadInput, Refusal


class FileKindUnknown(Refusal):
    """ "{name}" cannot become a layer. Send GeoJSON (.geojson or .json), a GeoPackage (.gpkg), KML
    (.kml) or a shapefile in a zip (.zip)."""


class FileUnreadable(Refusal):
    """ "{name}" cannot be read as {kind}: {problem}"""


class TextUnreadable(Refusal):
    """The text in "{name}" is not written in {encoding}. Save the file again with the encoding
    UTF-8; a shapefile says its own in a .cpg file."""


class ReadingTooLong(Refusal):
    """ "{name}" could not be read within {seconds} seconds. Send it in parts."""


class ZipTooLarge(Refusal):
    """Unpacked, the zip would be {unpacked_mb} MB. At most {most_mb} MB are taken."""


class ZipLacks(Refusal):
    """The zip lacks {missing}. A shapefile is .shp, .shx, .dbf and .prj with one name."""


class ZipHoldsSeveral(Refusal):
    """The zip holds several shapefiles: {names}. Send each in a zip of its own."""


class SourceLayerNeeded(Refusal):
    """The file holds several layers: {names}. Choose one."""


class CrsMissing(Refusal):
    """The file does not say in which coordinate reference system its places are."""


class CrsUnusable(Refusal):
    """Places in {crs} cannot be turned into longitude and latitude: {problem}"""


class FileEmpty(Refusal):
    """There is not one feature in the file."""


class FeaturesTooMany(Refusal):
    """The file has {count} features. At most {most} are taken."""


class FeatureEmpty(Refusal):
    """Feature {number} has no geometry."""


class FeatureUnreadable(Refusal):
    """The geometry of feature {number} cannot be read. Curves and surfaces are not taken."""


class FeatureInvalid(Refusal):
    """Feature {number} is not valid: {reason} at {lon}, {lat}."""


class FeatureOutside(Refusal):
    """Feature {number} lies outside the world: {lon}, {lat}."""


class FeatureOther(Refusal):
    """Feature {number} is a {kind}, but the first one is a {first}. A layer has one kind of
    geometry."""


class UploadRefused(BadInput):
    """Nothing was saved. {problem} ({count} problems in all.)"""


UPLOAD_REFUSALS: dict[str, type[Refusal]] = {
    one.code: one
    for one in (
        FileKindUnknown, FileUnreadable, TextUnreadable, ReadingTooLong, ZipTooLarge, ZipLacks,
        ZipHoldsSeveral, SourceLayerNeeded, CrsMissing, CrsUnusable, FileEmpty, FeaturesTooMany,
        FeatureEmpty, FeatureUnreadable, FeatureInvalid, FeatureOutside, FeatureOther,
    )
}  # fmt: skip
"""By code, as the process that reads a file tells them."""
