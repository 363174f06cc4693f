"""What was wrong with each input, in sentences a person can act on."""

from typing import Any

from flask_babel import gettext as translate
from pydantic import ValidationError

from gis_dispatch.errors import _

WHOLE_BODY = "body"

# pydantic's name of a problem: the sentence, with what pydantic knows about it as {fields}.
SENTENCES = {
    "missing": _("this is needed."),
    "extra_forbidden": _("this is not a field we know."),
    "model_type": _("send a JSON object."),
    "model_attributes_type": _("send a JSON object."),
    "dict_type": _("send a JSON object."),
    "list_type": _("send a list."),
    "string_type": _("send text."),
    "string_too_short": _("give at least {min_length} characters."),
    "string_too_long": _("{max_length} characters is the most."),
    "int_type": _("give a whole number."),
    "int_parsing": _("give a whole number."),
    "int_from_float": _("give a whole number."),
    "float_type": _("give a number."),
    "float_parsing": _("give a number."),
    "finite_number": _("give a number."),
    "bool_type": _("say true or false."),
    "bool_parsing": _("say true or false."),
    "greater_than": _("give a number above {gt}."),
    "greater_than_equal": _("give {ge} or more."),
    "less_than": _("give a number below {lt}."),
    "less_than_equal": _("give {le} or less."),
    "too_short": _("give at least {min_length}."),
    "too_long": _("{max_length} is the most at once."),
    "literal_error": _("use one of: {expected}."),
    "datetime_type": _("write a time like 2026-11-23T09:30:00+07:00."),
    "datetime_parsing": _("write a time like 2026-11-23T09:30:00+07:00."),
    "datetime_from_date_parsing": _("write a time like 2026-11-23T09:30:00+07:00."),
    "timezone_aware": _("add the time zone, like 2026-11-23T09:30:00+07:00."),
    "date_parsing": _("write a date like 2026-11-23."),
    "date_from_datetime_parsing": _("write a date like 2026-11-23."),
}


def sentences_of(error: ValidationError) -> list[dict[str, str]]:
    """One {field, detail} for each wrong input, in the order in which they were found."""
    return [
        {"field": _field(problem["loc"]), "detail": _detail(problem)}
        for problem in error.errors(include_url=False)
    ]


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or WHOLE_BODY


def _detail(problem: Any) -> str:
    sentence = SENTENCES.get(problem["type"])
    if sentence is None:
        return str(problem["msg"]).removeprefix("Value error, ")
    return str(translate(sentence)).format(**problem.get("ctx", {}))
