"""Every sentence on the screens has its Indonesian, with the same fields in it."""

import re

import pytest

from gis_dispatch import assets
from gis_dispatch.running import messages

# The extractor does not look into template literals: a sentence there would stay English unnoticed.
HIDDEN = re.compile(r"\$\{[^`]*\bt\(\"")
FIELDS = re.compile(r"\{\w+\}|%\(\w+\)s")


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_nothing_is_left_to_translate(locale: str) -> None:
    assert messages.untranslated(locale) == [], "run script/messages and translate what it lists"


@pytest.mark.parametrize("locale", messages.LOCALES)
def test_a_translation_keeps_the_fields_of_its_sentence(locale: str) -> None:
    for message in messages.read(locale):
        if message.id:
            said, translated = (
                sorted(FIELDS.findall(str(m))) for m in (message.id, message.string)
            )
            assert said == translated, message.id


def test_no_sentence_hides_in_a_template_literal() -> None:
    hidden = [
        f"{script.name}:{number}"
        for script in (assets.folder("web") / "static").rglob("*.js")
        for number, line in enumerate(script.read_text(encoding="utf-8").splitlines(), 1)
        if HIDDEN.search(line)
    ]
    assert hidden == []
