"""The pictures in the documents are those that `script/screens` makes, no more and no fewer."""

import re
from pathlib import Path

from tests.screens.table import LOOKS, PICTURES, kept_files

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAMED = re.compile(r"!\[[^\]]+\]\((?:docs/)?pictures/([^)]+)\)")


def test_documents_name_exactly_the_pictures_that_are_made() -> None:
    named = {name for page in PAGES for name in NAMED.findall(page.read_text(encoding="utf-8"))}
    assert named == kept_files()


def test_the_folder_holds_exactly_the_pictures_that_are_made() -> None:
    there = {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
    assert there == kept_files()


def test_no_two_pictures_share_a_file() -> None:
    files = [picture.file(look) for picture in PICTURES for look in LOOKS]
    assert len(files) == len(set(files))
