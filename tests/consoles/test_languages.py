"""Languages: chosen by a person, asked for by a program, with or without catalogues."""

from pathlib import Path

from gis_dispatch.consoles.i18n import compile_catalogue, script_catalogue
from gis_dispatch.settings import Settings
from tests.consoles.town import Town

HTML = {"Accept": "text/html"}

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Sign in"
msgstr "Masuk"

#, fuzzy
msgid "Guessed"
msgstr "Tebakan"

msgid "Not yet"
msgstr ""
"""


def test_a_city_begins_in_its_own_language(calm_town: Town) -> None:
    assert Settings(home=Path()).locale == "id"
    assert '<html lang="en"' in calm_town.app.test_client().get("/sign-in", headers=HTML).text


def test_a_person_chooses_once_for_every_browser(town: Town) -> None:
    browser = town.signed_in("operator")
    form = {"locale": "id", "next": "/operator", "csrf_token": browser.csrf()}
    answer = browser.client.post("/language", data=form, headers=HTML)
    assert answer.headers["Location"] == "/operator"
    elsewhere = town.signed_in("operator")
    assert '<html lang="id"' in elsewhere.client.get("/nowhere", headers=HTML).text


def test_an_unknown_language_is_refused(town: Town) -> None:
    browser = town.signed_in("operator")
    form = {"locale": "xx", "csrf_token": browser.csrf()}
    assert browser.client.post("/language", data=form).status_code == 422


def test_scripts_get_their_sentences(calm_town: Town) -> None:
    client = calm_town.app.test_client()
    answer = client.get("/i18n/id.json")
    assert answer.status_code == 200 and isinstance(answer.get_json(), dict)
    again = client.get("/i18n/id.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/i18n/xx.json").status_code == 404


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    source = tmp_path / "po" / "id" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    assert compile_catalogue(tmp_path / "po", tmp_path / "mo", "id") is False
    source.write_text(PO, encoding="utf-8")
    assert compile_catalogue(tmp_path / "po", tmp_path / "mo", "id") is True
    compiled = tmp_path / "mo" / "id" / "LC_MESSAGES" / "messages.mo"
    assert b"Masuk" in compiled.read_bytes() and b"Tebakan" not in compiled.read_bytes()
    assert [file.name for file in compiled.parent.iterdir()] == ["messages.mo"]


def test_scripts_get_no_guesses(tmp_path: Path) -> None:
    source = tmp_path / "id" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    assert script_catalogue(tmp_path, "id", 1) == {"Sign in": "Masuk"}
