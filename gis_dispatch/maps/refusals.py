"""What the maps room refuses, each with its sentence."""

from gis_dispatch.errors import Forbidden, NotFound, Refusal


class MapFileWrong(Refusal):
    """{file}: {key}: {problem}"""


class TileFileBroken(Refusal):
    """The map file {file} cannot be shown: {problem}"""


class LayerUnknown(NotFound):
    """There is no map layer "{id}". There are: {known}."""


class LayerNotYours(Forbidden):
    """The map layer "{id}" is not shown to your role."""


class TileOutside(NotFound):
    """There is no tile {z}/{x}/{y}; this map has zoom {lowest} to {highest}."""


class NotInTiles(NotFound):
    """The map layer "{id}" is served whole, as GeoJSON, not in tiles."""
