"""What the roads room refuses, each with its sentence."""

from gis_dispatch.errors import BadInput, Conflict, Unavailable


class RoadFileBroken(BadInput):
    """{file}, {where}: {problem}. Nothing was imported."""


class RoadFileUnknown(BadInput):
    """{file} is not a road file we read. We read .osm, .osm.gz, .osm.bz2, .osm.pbf, .graphml (written by OSMnx) and .geojson or .json of OSM ways."""  # noqa: E501


class RoadFileMissing(BadInput):
    """There is no file {file}."""


class RoadFileEmpty(BadInput):
    """{file} holds no road that a vehicle may use. Nothing was imported."""


class PlaceNotFound(BadInput):
    """OpenStreetMap knows no area called "{place}". Try city, province and country, separated by commas."""  # noqa: E501


class MapServerSilent(Unavailable):
    """OpenStreetMap's server {host} did not answer ({problem})."""


class ProfileBroken(BadInput):
    """{file}: {problem}"""


class ProfileKeyUnknown(ProfileBroken):
    """{file}: there is no key "{key}". There are: {known}."""


class ProfileKeyMissing(ProfileBroken):
    """{file}: missing: {keys}. Write them, or take what the file leaves out from another profile: like = "{example}"."""  # noqa: E501


class ProfileNumberWrong(ProfileBroken):
    """{file}, {key}: {given} is not a number from {least} to {most}."""


class ProfileWordUnknown(ProfileBroken):
    """{file}, {key}: there is no "{given}". There are: {known}."""


class ProfileValueWrong(ProfileBroken):
    """{file}, {key}: {given} cannot be used ({problem})."""


class ProfileAlreadyYours(Conflict):
    """{file} is there already. Change that file, or remove it first."""


class ProfileUnknown(BadInput):
    """There is no vehicle profile "{profile}". There are: {known}."""


class ProfileOutdated(Conflict, ValueError):
    """The vehicle profile "{profile}" was kept by another version and cannot be read: what was worked out with it cannot be worked out again."""  # noqa: E501
