"""What an administrator may be refused, and the sentence for it."""

from gis_dispatch.errors import BadInput, Conflict, NotFound


class UserNotFound(NotFound):
    """There is no user {id}."""


class TokenNotFound(NotFound):
    """There is no token {id}."""


class DeviceNotFound(NotFound):
    """There is no phone {id}."""


class PlanNotFound(NotFound):
    """There is no response plan {id}."""


class PlanTooLarge(BadInput):
    """A plan sends at most {most} units in all; this one asks for {given}."""


class PlacesMixed(BadInput):
    """{field}: a plan is for one district, one village or one area; leave the others out."""


class PlaceUnknown(BadInput):
    """{field}: there is no such place: {given}."""


class AreaNotFound(NotFound):
    """There is no area {id}."""


class NeighbourOffersNothing(BadInput):
    """{field}: say what the neighbour can send. Possible: {known}."""


class AreaInUse(Conflict):
    """{count} response plans or neighbours are for {name}. Change them first."""


class AreaUnusable(BadInput):
    """{field}: an area is a GeoJSON Polygon or MultiPolygon, (lon, lat), each ring closed."""


class KindNotFound(NotFound):
    """There is no kind of emergency "{id}"."""


class NameTaken(Conflict):
    """ "{name}" is already in use. Choose another."""


class ShiftStartsUnusable(BadInput):
    """{field}: "{given}" cannot be used. Write one to {most} times of day, such as 07:00, 19:00."""


class TwiceOnUnit(BadInput):
    """{field}: "{name}" is there twice. Count it once, or tell the two apart by their names."""


class LastAdministrator(Conflict):
    """This is the last administrator. Make another one first."""


class StationHasUnits(Conflict):
    """{count} units are based at {station}. Move them to another station first."""


class UnitStillOut(Conflict):
    """{unit} is on incident {incident}. It can be changed when it is cleared."""


class AgencyNeeded(BadInput):
    """{field}: a dispatcher works for one agency. Choose it."""


class UnitNeeded(BadInput):
    """{field}: a field crew belongs to one unit. Choose it."""


class UnitUnknown(BadInput):
    """{field}: there is no unit {given}."""


class StationUnknown(BadInput):
    """{field}: there is no station {given}."""


class CodeUnusable(BadInput):
    """{field}: "{given}" cannot be a code. Use small letters, digits and _, a letter first."""


class UserNameUnusable(BadInput):
    """{field}: "{given}" cannot be a user name. Use 3 to 40 small letters, digits, dots, _ or -."""


class AllowancesMissing(BadInput):
    """{field}: give a time for every step at every priority."""


class ChainTooLong(BadInput):
    """{field}: a chain has at most {most} levels; this one has {given}."""


class ChainOutOfOrder(BadInput):
    """{field}: level {level} must come later than the level before it."""


class PersonUnknown(BadInput):
    """{field}: there is no user {given} in use."""


class ContactOfOtherAgency(BadInput):
    """{field}: {given} is no contact of this agency."""
