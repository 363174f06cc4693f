"""Laws of likeness: nearer, newer and more alike never scores less."""

from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.domain.duplicates import kind_likeness, likeness

metres = st.floats(0, 5000)
ages = st.floats(0, 86_400)


@given(metres, metres, ages, ages)
def test_nearer_and_newer_is_never_less_likely(d1: float, d2: float, a1: float, a2: float) -> None:
    near, far = sorted((d1, d2))
    new, old = sorted((a1, a2))
    better = likeness(near, new, "kebakaran", "kebakaran")
    worse = likeness(far, old, "kebakaran", "kebakaran")
    assert 0 <= worse.score <= better.score <= 1


@given(metres, ages)
def test_the_more_alike_the_kind_the_likelier(distance_m: float, age_s: float) -> None:
    scores = [
        likeness(distance_m, age_s, kind, "kebakaran.lahan").score
        for kind in ("kebakaran.lahan", "kebakaran", None, "kesehatan")
    ]
    assert scores == sorted(scores, reverse=True)


def test_it_says_why() -> None:
    found = likeness(82, 300, "kebakaran", "kebakaran.lahan")
    assert found.reason.en == "Related kind, 80 m away, 5 min ago."
    assert found.reason.id == "Jenis serumpun, 80 m dari sini, 5 menit yang lalu."


def test_kinds_are_related_by_their_family() -> None:
    assert kind_likeness("a.b", "a.c") == "related"
    assert kind_likeness("a", "ab") == "other"
    assert kind_likeness(None, "a") == "unknown"
