"""What every refusal has: a sentence (its docstring), a code, fields, and one of five bases.

A docstring is a gettext msgid with `{named}` fields, which `Refusal(**fields).sentence(gettext)`
fills in. Which HTTP status a refusal becomes is decided elsewhere, by its base class.
"""

import re
from collections.abc import Callable, Iterator


def _(msgid: str) -> str:
    """Mark a sentence for translation; it is translated when it is shown."""
    return msgid


class Word(str):
    """A field value that is a msgid itself (a status, a role), translated with its sentence."""


def _said(value: object, gettext: Callable[[str], str]) -> object:
    """A field as it is read: words and refusals translated, several joined by commas."""
    if isinstance(value, Word):
        return gettext(value)
    if isinstance(value, Refusal):
        return value.sentence(gettext)
    if isinstance(value, tuple):
        return ", ".join(str(_said(part, gettext)) for part in value)
    return value


def _told(value: object) -> object:
    """A field as the record keeps it, so that it can be read in any language later."""
    if isinstance(value, Word):
        return {"word": str(value)}
    if isinstance(value, Refusal):
        return value.told()
    if isinstance(value, tuple):
        return [_told(part) for part in value]
    return value if isinstance(value, int | float) else str(value)


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

    def told(self) -> dict[str, object]:
        """The sentence for the record: untranslated, and its fields."""
        fields = {name: _told(value) for name, value in self.fields.items()}
        return {"code": self.code, "sentence": self.msgid(), "fields": fields}

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


def every_refusal(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Every refusal class that has been imported, for catalogues and tests."""
    yield base
    for child in base.__subclasses__():
        yield from every_refusal(child)
