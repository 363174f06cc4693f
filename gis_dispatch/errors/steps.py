"""Refusals of steps that the state tables, a role or an agency do not allow."""

from gis_dispatch.errors.base import BadInput, Conflict, Forbidden


class StepNotPossible(Conflict):
    """This {machine} is "{from_status}", it cannot become "{to_status}". Possible: {possible}."""


class StateOrderBroken(Conflict):
    """The database refused this step: it does not follow the procedure."""


class StepAlreadyReported(Conflict):
    """ "{step}" was reported already, at {at}. That time stays; {given} was not recorded."""


class CalledBackMeanwhile(Conflict):
    """{unit} was called back at {at}: {reason}. "{step}" was not recorded."""


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


class StepWithoutEvidence(Conflict):
    """The database refused this step: what it needs is missing."""


class NothingToTakeBack(Conflict):
    """This {machine} is "{status}", and that is not a step that can be taken back."""


class TakenBackTooLate(Conflict):
    """A step can be taken back within {most} seconds; this one was entered {seconds} seconds ago.
    Correct its time, or take the step that follows."""


class EnteredByOther(Conflict):
    """{actor} entered this step. Only who entered it may take it back."""


class SomethingFollowed(Conflict):
    """This step can no longer be taken back, because something followed it: {what}."""
