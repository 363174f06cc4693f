"""Refusals of times: in the future, backwards, without a zone."""

from gis_dispatch.errors.base import BadInput, Conflict


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


class StampNotThere(Conflict):
    """This {machine} has no time "{stamp}" that could be corrected."""


class TimeAfterNext(BadInput):
    """{field}: {given} is after {next}, the step after it. Times cannot run backwards."""


class TimeUnchanged(BadInput):
    """{field}: {given} is the time that is already recorded."""
