"""Collects every sentence that people may read and brings the catalogues in web/i18n up to date."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import gis_dispatch
from gis_dispatch import assets
from gis_dispatch.errors import every_refusal

LOCALES = ("id",)
# `t` in scripts, `_` elsewhere.
KEYWORDS = {"_": None, "gettext": None, "t": None}


def sentences() -> Iterator[tuple[str, str]]:
    """Every msgid with the file it stands in: Python, templates, scripts, refusals' docstrings."""
    places = [
        (assets.PACKAGE, [("**.py", "python")]),
        (assets.folder("web") / "templates", [("**.html", "jinja2.ext:babel_extract")]),
        (assets.folder("web") / "static", [("**.js", "javascript")]),
    ]
    for root, methods in places:
        for file, _line, message, _comments, _context in extract_from_dir(
            str(root), methods, keywords=KEYWORDS
        ):
            yield str(message), f"{root.name}/{file}"
    for module in pkgutil.walk_packages(gis_dispatch.__path__, "gis_dispatch."):
        importlib.import_module(module.name)
    for refusal in every_refusal():
        if refusal.__module__.startswith("gis_dispatch."):
            yield refusal.msgid(), refusal.__module__.replace(".", "/") + ".py"


def template() -> Catalog:
    """Today's sentences as a catalogue without translations, in a stable order."""
    catalogue = Catalog(project="GIS Dispatch", charset="utf-8", fuzzy=False)
    for message, file in sorted(set(sentences())):
        catalogue.add(message, locations=[(file, 0)])
    return catalogue


def po_file(locale: str) -> Path:
    """Where one language is kept."""
    return assets.folder("web") / "i18n" / locale / "LC_MESSAGES" / "messages.po"


def read(locale: str) -> Catalog:
    """One language as it is kept; empty when there is none yet."""
    if not po_file(locale).is_file():
        return Catalog(locale=locale, charset="utf-8", fuzzy=False)
    with po_file(locale).open("rb") as file:
        return read_po(file, locale=locale)


def untranslated(locale: str) -> list[str]:
    """Sentences of today that this language lacks or only guesses."""
    kept = read(locale)
    lacking = []
    for message in template():
        if not message.id:
            continue
        translation = kept.get(message.id)
        if translation is None or translation.fuzzy or not translation.string:
            lacking.append(str(message.id))
    return lacking


def update(locale: str) -> Catalog:
    """Bring one language's file up to date: new sentences in, those nobody says any more out."""
    catalogue = read(locale)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    po_file(locale).parent.mkdir(parents=True, exist_ok=True)
    with po_file(locale).open("wb") as file:
        write_po(file, catalogue, width=0, sort_output=True, no_location=True, omit_header=False)
    return catalogue


def main() -> int:
    """Update every language and say what is still to be translated; 1 when something is."""
    left = 0
    for locale in LOCALES:
        update(locale)
        lacking = untranslated(locale)
        left += len(lacking)
        for message in lacking:
            print(f"{locale}: {message}")
        print(f"{locale}: {len(lacking)} sentences are still to be translated.")
    return 1 if left else 0


if __name__ == "__main__":
    raise SystemExit(main())
