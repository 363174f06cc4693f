"""Refusals about referrals, assignments, units and closures."""

from gis_dispatch.errors.base import BadInput, Conflict


class AgencyAlreadyReferred(Conflict):
    """{agency} already has this incident."""


class NoAgencyGiven(BadInput):
    """{field}: choose at least one agency."""


class ReferralNotAccepted(Conflict):
    """{agency} has not accepted this incident yet. Accept it before sending units."""


class ReferralNotLate(Conflict):
    """{agency} is not late with this incident any more."""


class ReadinessContradicts(BadInput):
    """{field}: "ready" means that crew, equipment and vehicle are all fit."""


class UnitAlreadyAssigned(Conflict):
    """{unit} is already on its way for incident {incident}. Choose another unit."""


class UnitNotAvailable(Conflict):
    """{unit} is not available ({duty})."""


class UnitOfOtherAgency(Conflict):
    """{unit} belongs to {agency}. Send only units of your own agency."""


class NoWayThere(Conflict):
    """{unit} cannot drive there at the moment: {reason}"""


class NoUnitGiven(BadInput):
    """{field}: choose at least one unit."""


class OverruleReasonMissing(BadInput):
    """{field}: say why other units are sent than those recommended."""


class UnitNotRecommended(OverruleReasonMissing):
    """{units} was not recommended. Why send it all the same?"""


class AnotherUnitFirst(OverruleReasonMissing):
    """{unit} would be there first. Why another one?"""


class OtherSetRecommended(OverruleReasonMissing):
    """The response plan would send {set}. Why {units}?"""


class RecommendationOfOtherIncident(Conflict):
    """That recommendation was made for another incident. Ask for a new one."""


class UnitIsOut(Conflict):
    """{unit} is on incident {incident} and cannot go off duty before it is cleared."""


class ClosureAlreadyLifted(Conflict):
    """This road closure has already been lifted."""


class GeometryUnusable(BadInput):
    """{field}: the drawing cannot be used: {problem}."""


class LayerTitleTaken(Conflict):
    """There is already a map layer with the title "{title}". Choose another."""


class NumberOfPersonTaken(Conflict):
    """{agency} already has somebody with the number "{number}"."""


class PersonPlannedMeanwhile(Conflict):
    """Somebody has just planned one of these people on another unit. Look at the plan again."""
