"""Refusals about calls and incidents, and of inputs in general."""

from gis_dispatch.errors.base import BadInput, Conflict


class CallAlreadyAnswered(Conflict):
    """Call {id} has already been answered."""


class CallAlreadyEnded(Conflict):
    """Call {id} has already ended."""


class CallAlreadyClosed(Conflict):
    """Call {id} is already closed as "{disposition}"."""


class CallAlreadyLinked(Conflict):
    """Call {id} already belongs to incident {incident}."""


class DispositionUnknown(BadInput):
    """{field}: "{given}" is not a way to close a call. Use one of: {allowed}."""


class KindUnknown(BadInput):
    """{field}: there is no kind of emergency "{given}"."""


class AgencyUnknown(BadInput):
    """{field}: there is no agency "{given}"."""


class PriorityOutOfRange(BadInput):
    """{field}: {given} is not a priority. Use 1 (most urgent) to 4."""


class CoordinatesOutOfRange(BadInput):
    """{field}: {given} is not possible. Longitude is -180 to 180, latitude -90 to 90."""


class NumberOutOfRange(BadInput):
    """{field}: {given} is not possible. Give a number from {least} to {most}."""


class ChoiceUnknown(BadInput):
    """{field}: "{given}" is not known. Use one of: {allowed}."""


class SpeedMissing(BadInput):
    """{field}: say how fast the slowed road can be driven, in km/h."""


class TextMissing(BadInput):
    """{field}: write a few words, this cannot be empty."""


class TextTooLong(BadInput):
    """{field}: {length} characters is too long; {most} is the most."""


class IncidentNotVerified(Conflict):
    """Incident {number} is not verified yet. Verify the place and the kind before referring it."""


class IncidentOver(Conflict):
    """Incident {number} is "{status}": nothing more can be done on it."""


class UnitsStillOut(Conflict):
    """Units are still out for incident {number}: {units}. Clear or cancel them first."""


class ReferralsStillOpen(Conflict):
    """Incident {number} still has agencies at work: {agencies}."""


class ClosingReportMissing(Conflict):
    """An incident is closed only with a closing report: outcome and summary."""


class DuplicateOfItself(BadInput):
    """{field}: incident {number} cannot be a duplicate of itself or of its own duplicate."""


class NotADuplicate(Conflict):
    """Incident {number} is not marked as a duplicate."""


class ChangedMeanwhile(Conflict):
    """Incident {number} was changed by somebody else meanwhile. Look again before you save."""
