"""What an administrator agrees on with agencies: refused by its field, or kept as a whole."""

import pytest

from gis_dispatch.errors import AgencyUnknown, NumberOutOfRange, TextMissing
from gis_dispatch.ports import House
from gis_dispatch.services.admin_refusals import (
    AllowancesMissing,
    ChainOutOfOrder,
    ChainTooLong,
    PersonUnknown,
)
from gis_dispatch.services.load_facts import load_facts
from gis_dispatch.services.manage_referral_clocks import put_referral_clock, read_referral_clock
from tests.services.clocks import ADMIN, CHAIN, agree


def test_what_cannot_be_a_chain_is_refused_by_its_field(town: House) -> None:
    agree(town)
    whole = [
        {"priority": p, "step": s, "allowed_s": 60}
        for p in (1, 2, 3, 4)
        for s in ("acknowledge", "check", "decide")
    ]
    with pytest.raises(AllowancesMissing):
        put_referral_clock(town, ADMIN, None, allowed=whole[:-1], levels=CHAIN)
    with pytest.raises(NumberOutOfRange, match=r"allowed\.0\.allowed_s"):
        put_referral_clock(town, ADMIN, "damkar", allowed=[{**whole[0], "allowed_s": 5}], levels=[])
    with pytest.raises(ChainOutOfOrder, match=r"levels\.1\.after_s"):
        put_referral_clock(town, ADMIN, None, allowed=whole, levels=[CHAIN[1], CHAIN[0]])
    with pytest.raises(TextMissing, match=r"levels\.0\.title"):
        put_referral_clock(
            town, ADMIN, None, allowed=whole, levels=[{"kind": "contact", "after_s": 5}]
        )
    with pytest.raises(PersonUnknown, match=r"levels\.0\.user_id.*999"):
        put_referral_clock(
            town, ADMIN, None, allowed=whole,
            levels=[{"kind": "user", "user_id": 999, "after_s": 5}],
        )  # fmt: skip
    with pytest.raises(ChainTooLong):
        ten = [{"kind": "role", "role": "dispatcher", "after_s": s} for s in range(1, 11)]
        put_referral_clock(town, ADMIN, None, allowed=whole, levels=ten)
    with pytest.raises(AgencyUnknown, match="nasa"):
        put_referral_clock(town, ADMIN, "nasa", allowed=[], levels=[])
    with pytest.raises(AgencyUnknown, match="nasa"):
        read_referral_clock(town, "nasa")
    assert len(read_referral_clock(town, None)["levels"]) == len(CHAIN), "nothing half-changed"


def test_the_first_times_come_from_the_file_and_never_come_back(town: House) -> None:
    load_facts(town, "singkawang")
    first = read_referral_clock(town, None)
    assert len(first["allowed"]) == 12
    assert [(one["title"], one["role"]) for one in first["levels"]] == [
        ("Kepala piket", None),
        ("Kepala OPD", None),
        (None, "lead_operator"),
    ]
    agree(town, CHAIN[:1])
    load_facts(town, "singkawang")
    again = read_referral_clock(town, None)
    assert len(again["levels"]) == 1
    assert again["allowed"][0]["allowed_s"] == 60
