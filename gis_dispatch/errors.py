"""Named refusals: every refusal a person can meet, its docstring being the sentence they read.

A docstring is a gettext msgid with `{named}` fields; `Refusal(**fields).sentence(gettext)` fills
it.
Which HTTP status a refusal becomes is decided elsewhere, by its base class.
"""

import re
from collections.abc import Callable, Iterator


def _(msgid: str) -> str:
    """Mark a sentence for translation; it is translated when it is shown."""
    return msgid


class Word(str):
    """A field value that is a msgid itself (a status, a role), translated with its sentence."""


def _said(value: object, gettext: Callable[[str], str]) -> object:
    """A field as it is read: words translated, several of them joined by commas."""
    if isinstance(value, Word):
        return gettext(value)
    if isinstance(value, tuple):
        return ", ".join(str(_said(part, gettext)) for part in value)
    return value


class Refusal(Exception):
    """This cannot be done."""

    code = "refused"

    def __init__(self, **fields: object) -> None:
        super().__init__()
        self.fields = fields

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def msgid(cls) -> str:
        """The untranslated sentence."""
        return " ".join((cls.__doc__ or "").split())

    def sentence(self, gettext: Callable[[str], str] = _) -> str:
        """The sentence in the language of `gettext`, with its fields filled in."""
        values = {name: _said(value, gettext) for name, value in self.fields.items()}
        return gettext(self.msgid()).format(**values)

    def __str__(self) -> str:
        return self.sentence()


class NotFound(Refusal):
    """There is no {what} {id}."""


class Conflict(Refusal):
    """This does not fit what is already recorded."""


class Forbidden(Refusal):
    """You may not do this."""


class BadInput(Refusal):
    """{field}: {problem}"""

    @property
    def field(self) -> str | None:
        """The input that was wrong, where one input was wrong."""
        name = self.fields.get("field")
        return None if name is None else str(name)


class Unavailable(Refusal):
    """A part of the system cannot answer at the moment."""


# --- what is not there -------------------------------------------------------------------------


class CallNotFound(NotFound):
    """There is no call {id}."""


class IncidentNotFound(NotFound):
    """There is no incident {id}."""


class ReferralNotFound(NotFound):
    """There is no referral {id}."""


class AssignmentNotFound(NotFound):
    """There is no assignment {id}."""


class UnitNotFound(NotFound):
    """There is no unit {id}."""


class StationNotFound(NotFound):
    """There is no station {id}."""


class ClosureNotFound(NotFound):
    """There is no road closure {id}."""


class RecommendationNotFound(NotFound):
    """There is no recommendation {id}."""


class DeliveryNotFound(NotFound):
    """There is no case delivery {id}."""


# --- states ------------------------------------------------------------------------------------


class StepNotPossible(Conflict):
    """This {machine} is "{from_status}", it cannot become "{to_status}". Possible: {possible}."""


class StateOrderBroken(Conflict):
    """The database refused this step: it does not follow the procedure."""


class RoleMayNot(Forbidden):
    """As {role} you may not change this {machine} to "{to_status}"."""


class EvidenceMissing(BadInput):
    """To change this {machine} to "{to_status}", {what} must be given."""


class AgencyNotYours(Forbidden):
    """This belongs to {agency}. You may act only for your own agency."""


class UnitNotYours(Forbidden):
    """This assignment belongs to {unit}. You may report only for your own unit."""


class OnlySample(Forbidden):
    """The simulator may act only on sample data."""


# --- times -------------------------------------------------------------------------------------


class TimeInFuture(BadInput):
    """{field}: {given} lies in the future. It is {now} now; give the time at which it happened."""


class TimeRunsBackwards(BadInput):
    """{field}: {given} is before {previous}, the step before it. Times cannot run backwards."""


class TimesOutOfOrder(Conflict):
    """The database refused these times: a step cannot happen before the step before it."""


class TimeWithoutZone(BadInput):
    """{field}: {given} has no time zone. Write it like 2026-11-23T09:30:00+07:00."""


class PeriodBackwards(BadInput):
    """{field}: the end {ends_at} is not after the start {starts_at}."""


class HistoryIsFixed(Conflict):
    """The record of events cannot be changed or deleted. Record a new event that corrects it."""


# --- calls and incidents -----------------------------------------------------------------------


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


# --- referrals, assignments, units -------------------------------------------------------------


class AgencyAlreadyReferred(Conflict):
    """{agency} already has this incident."""


class NoAgencyGiven(BadInput):
    """{field}: choose at least one agency."""


class ReferralNotAccepted(Conflict):
    """{agency} has not accepted this incident yet. Accept it before sending units."""


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
    """{field}: {unit} was not recommended. Say why you send it all the same."""


class RecommendationOfOtherIncident(Conflict):
    """That recommendation was made for another incident. Ask for a new one."""


class UnitIsOut(Conflict):
    """{unit} is on incident {incident} and cannot go off duty before it is cleared."""


class ClosureAlreadyLifted(Conflict):
    """This road closure has already been lifted."""


class GeometryUnusable(BadInput):
    """{field}: the drawing cannot be used: {problem}."""


# --- the system --------------------------------------------------------------------------------


class DatabaseUnavailable(Unavailable):
    """The database does not answer. Nothing was saved; try again in a moment."""


class TooBusy(Unavailable):
    """Too many people are asking at once. Nothing was saved; try again in a moment."""


class RoadsNotLoaded(Unavailable):
    """No road network is loaded, so no travel time can be worked out. Import one first."""


class RuleBroken(Conflict):
    """The database refused this: it breaks the rule "{rule}"."""


def every_refusal(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal class that has been imported, for catalogues and tests."""
    yield base
    for child in base.__subclasses__():
        yield from every_refusal(child)
