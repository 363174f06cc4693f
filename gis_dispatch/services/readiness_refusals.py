"""What may be refused about crews, shifts and checks, and the sentence for it."""

from gis_dispatch.errors import BadInput, Conflict, NotFound


class PersonNotFound(NotFound):
    """There is no crew member {id}."""


class PersonOfOtherAgency(BadInput):
    """{field}: {name} is not of {agency}. Choose people of the unit's own agency."""


class PersonOnOtherUnit(Conflict):
    """{name} is on {unit} from {starts} to {ends}. Nobody is on two units at once."""


class ShiftUnusable(BadInput):
    """{field}: a shift ends after it begins, and at most three days later."""


class NothingToCopy(BadInput):
    """{field}: nobody is planned on that day, so there is nothing to copy."""


class EquipmentNotThere(BadInput):
    """{field}: {unit} has no equipment number {given}."""


class NothingChecked(BadInput):
    """Say what was checked: supplies, equipment or the vehicle."""


class DefectMissing(BadInput):
    """{field}: say what is wrong with it."""


class NotThisAgency(BadInput):
    """{field}: choose another agency than your own."""
