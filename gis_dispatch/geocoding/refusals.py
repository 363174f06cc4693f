"""What the geocoding room refuses, each with its sentence."""

from gis_dispatch.errors import BadInput


class CoordinatesAmbiguous(BadInput):
    """{given} may be read two ways, and the city does not decide it. Write latitude first, with N or S and E or W."""  # noqa: E501


class CoordinatesImpossible(BadInput):
    """{given} is not a place on Earth: latitude goes to 90, longitude to 180, minutes and seconds to 60."""  # noqa: E501


class ShortLinkUnreadable(BadInput):
    """This short link holds no coordinates, and we do not ask the Internet for them. Open it and send the coordinates or the long link."""  # noqa: E501


class PlusCodeUnknown(BadInput):
    """{given} is not a whole plus code; it looks like 6PGCWX4P+CR, or WX4P+CR with the town after it."""  # noqa: E501
