"""Every refusal is a sentence that can be filled in."""

import string

import gis_dispatch.services.manage_users  # noqa: F401  (refusals are declared where they are used)
from gis_dispatch.domain.words import word
from gis_dispatch.errors import (
    EvidenceMissing,
    Refusal,
    StepNotPossible,
    UnitAlreadyAssigned,
    every_refusal,
)


def test_every_refusal_is_one_sentence_with_a_code_of_its_own() -> None:
    classes = list(dict.fromkeys(every_refusal()))
    assert len(classes) > 50
    codes = [c.code for c in classes if c is not Refusal]
    assert len(codes) == len(set(codes))
    for refusal in classes:
        text = refusal.msgid()
        assert text, refusal
        fields = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        made = refusal(**dict.fromkeys(fields, "x")).sentence()
        assert "{" not in made and "}" not in made


def test_words_inside_a_sentence_are_translated_with_it() -> None:
    refusal = StepNotPossible(
        machine=word("referral"),
        from_status=word("sent"),
        to_status=word("completed"),
        possible=(word("acknowledged"), word("ready")),
    )
    shout = {"sent": "dikirim", "acknowledged": "diterima", "ready": "siap"}
    said = refusal.sentence(lambda msgid: shout.get(msgid, msgid))
    assert '"dikirim"' in said and "diterima, siap" in said


def test_the_field_of_a_bad_input_is_told() -> None:
    refusal = EvidenceMissing(
        field="reason",
        what=word("reason"),
        machine=word("incident"),
        to_status=word("closed"),
    )
    assert refusal.field == "reason"
    assert str(UnitAlreadyAssigned(unit="DMK-1", incident="20260302-0001")) == (
        "DMK-1 is already on its way for incident 20260302-0001. Choose another unit."
    )
