"""A reason is asked for exactly where what is sent is not what was recommended."""

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.overruling import Overruled, overruled

UNITS = st.lists(st.integers(1, 8), unique=True, max_size=6)


def test_a_part_of_the_set_may_go_and_without_a_set_the_first_with_any_others() -> None:
    assert overruled([1, 2, 3], [2, 3], [3]) is None
    assert overruled([1, 2, 3], [2, 3], [2, 3]) is None
    assert overruled([1, 2, 3], [], [1, 3]) is None


def test_each_other_choice_says_what_was_passed_over() -> None:
    assert overruled([1, 2], [1], [7, 1]) == Overruled("not_ranked", (), (7,))
    assert overruled([1, 2, 3], [2], [3]) == Overruled("not_first", (1,), (3,))
    assert overruled([1, 2, 3], [], [2]) == Overruled("not_first", (1,), (2,))
    assert overruled([1, 2, 3], [1], [1, 3]) == Overruled("not_in_set", (1,), (3,))


@given(UNITS, st.data())
def test_only_the_recommended_goes_without_a_word(ranked: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(ranked), unique=True)) if ranked else []
    sent = data.draw(UNITS.filter(bool))
    found = overruled(ranked, chosen, sent)
    as_set = set(sent) <= set(chosen)
    as_first = not chosen and set(sent) <= set(ranked) and ranked[0] in sent
    assert (found is None) == (as_set or as_first)
    if found is not None:
        assert found.sent and set(found.sent) <= set(sent) - set(chosen)
        assert not set(found.instead) & set(found.sent)
