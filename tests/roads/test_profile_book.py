"""Profiles are files an administrator may change: read at once, and never half."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_dispatch.roads.profile import Profile, profile_of
from gis_dispatch.roads.profile_files import load_profiles, read_profile
from gis_dispatch.roads.profiles import ProfileBook, Profiles
from gis_dispatch.roads.refusals import ProfileAlreadyYours, ProfileUnknown
from gis_dispatch.roads.tags import DEFAULT_SPEED_KPH
from tests.roads.towns import profiles

OURS = load_profiles()


@pytest.fixture
def book(tmp_path: Path) -> ProfileBook:
    (tmp_path / "profiles").mkdir()
    return ProfileBook(tmp_path)


def write(book: ProfileBook, name: str, text: str) -> Path:
    path = book.folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@given(profiles(), st.floats(0.1, 6), st.sets(st.sampled_from(sorted(DEFAULT_SPEED_KPH))))
def test_facts_say_everything(profile: Profile, width_m: float, never_on: set[str]) -> None:
    flow = profile.contraflow.model_copy(update={"never_on": frozenset(never_on)})
    made = profile.model_copy(update={"width_m": width_m, "contraflow": flow})
    told = json.loads(json.dumps(made.facts()))
    assert profile_of(told) == made
    assert Profiles({"x": profile_of(told)}).sha256 == Profiles({"x": made}).sha256


def test_the_hash_is_of_the_facts_and_of_nothing_else(book: ProfileBook) -> None:
    shipped = book.current().sha256
    path = book.copy("car")
    assert book.current().sha256 == shipped
    text = path.read_text(encoding="utf-8")
    path.write_text("# another comment\n" + text)
    assert book.current().sha256 == shipped
    path.write_text(text.replace("fording_depth_cm = 25", "fording_depth_cm = 35"))
    assert book.current().sha256 != shipped


def test_our_own_file_takes_the_place_of_the_shipped_one_until_it_is_removed(
    book: ProfileBook,
) -> None:
    assert book.current() == OURS
    path = write(book, "engine", "[contraflow]\nallowed = true\n")
    now = book.current()
    assert now["engine"].contraflow.allowed
    assert now["engine"].contraflow.never_on == OURS["engine"].contraflow.never_on
    assert now["engine"].speeds_kph == OURS["engine"].speeds_kph
    assert (now["car"], now["motorcycle"]) == (OURS["car"], OURS["motorcycle"])
    assert now.sources == {"car": "shipped", "engine": "own", "motorcycle": "shipped"}
    path.unlink()
    assert book.current() == OURS
    assert set(book.current().sources.values()) == {"shipped"}


def test_a_road_class_that_was_deleted_is_not_driven(book: ProfileBook) -> None:
    path = book.copy("car")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("track = 12\n", ""))
    assert OURS["car"].speed_kph("track", {}) > 0
    assert book.current()["car"].speed_kph("track", {}) == 0
    assert book.current()["car"].speed_kph("primary", {}) == OURS["car"].speed_kph("primary", {})


def test_a_new_kind_of_vehicle_says_only_what_is_its_own(book: ProfileBook) -> None:
    write(book, "pickup", 'like = "car"\nname_id = "Pikap"\nfording_depth_cm = 50\n')
    pickup = book.current()["pickup"]
    assert (pickup.name, pickup.name_id, pickup.name_en) == ("pickup", "Pikap", "Car")
    assert pickup.fording_depth_cm == 50
    assert pickup.speeds_kph == OURS["car"].speeds_kph


def test_a_broken_file_keeps_the_last_good_version(book: ProfileBook, tmp_path: Path) -> None:
    write(book, "engine", "width_m = 2.5\n")
    write(book, "boat", 'like = "car"\nname_en = "Boat"\n')
    good = book.current()
    write(book, "engine", "width_m = 25\n")
    write(book, "boat", "like = = 1\n")
    now = book.current()
    assert now == good
    assert now.sha256 == good.sha256
    assert now.sources["engine"] == now.sources["boat"] == "last_good"
    assert [p.fields["file"] for p in now.problems] == ["boat.toml", "engine.toml"]
    # A process that starts now drives by the same facts.
    assert ProfileBook(tmp_path).current() == good
    write(book, "engine", "width_m = 2.55\n")
    assert book.current()["engine"].width_m == 2.55
    assert [p.fields["file"] for p in book.current().problems] == ["boat.toml"]


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now_s = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.mark.parametrize("writable", [True, False])
@pytest.mark.parametrize("gone_s", [0.01, 50, 70])
def test_what_was_removed_is_not_remembered_and_what_is_saved_anew_is(
    gone_s: float, writable: bool, tmp_path: Path
) -> None:
    clock = Clock()
    book = ProfileBook(tmp_path, now_s=clock)
    book.folder.mkdir()
    if not writable:  # as where the files are another user's
        (book.folder / ".last_good").write_text("no folder")
    path = write(book, "engine", "width_m = 2.5\n")
    assert book.current()["engine"].width_m == 2.5
    path.unlink()
    assert book.current() == OURS
    clock.now_s += gone_s
    write(book, "engine", "width_m = 'wide'\n")
    # A process that starts now drives by the same facts, if they can be handed to it.
    for one in [book, ProfileBook(tmp_path, now_s=clock)][: 1 + writable]:
        remembered = gone_s < 60
        assert one.current()["engine"].width_m == (2.5 if remembered else OURS["engine"].width_m)
        assert one.current().sources["engine"] == ("last_good" if remembered else "shipped")
        assert len(one.current().problems) == 1


def test_what_one_process_saw_removed_no_other_remembers(book: ProfileBook, tmp_path: Path) -> None:
    clock = Clock()
    path = write(book, "engine", "width_m = 2.5\n")
    assert book.current()["engine"].width_m == 2.5
    path.unlink()
    other = ProfileBook(tmp_path, now_s=clock)
    assert other.current() == OURS
    clock.now_s += 70
    write(book, "engine", "width_m = 'wide'\n")
    assert other.current() == book.current() == OURS


def test_a_file_that_was_never_right_is_no_profile(book: ProfileBook) -> None:
    write(book, "Fire-Engine", 'like = "engine"\n')
    assert book.current() == OURS
    assert "name" in str(book.current().problems[0])


def test_a_problem_is_told_once(tmp_path: Path) -> None:
    told: list[str] = []
    book = ProfileBook(tmp_path, tell=told.append)
    book.folder.mkdir()
    for number in range(3):
        write(book, "car", f"{'#' * number}\nwidth_m = 60\n")
        assert len(book.current().problems) == 1
    assert told == ["car.toml, width_m: 60 is not a number from 0.1 to 6."]


def test_nothing_is_read_again_while_nothing_changed(book: ProfileBook) -> None:
    write(book, "engine", "width_m = 2.5\n")
    assert book.current() is book.current()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wings = 2", 'there is no key "wings". There are: access_tags, barriers,'),
        ("[contraflow]\nalowed = true", 'there is no key "contraflow.alowed". There are: allowed,'),
        ("width_m = 'wide'", "width_m: wide is not a number from 0.1 to 6."),
        ("width_m = -1", "width_m: -1 is not a number from 0.1 to 6."),
        ("width_m = true", "width_m: True is not a number from 0.1 to 6."),
        ("width_m = nan", "width_m: nan is not a number from 0.1 to 6."),
        ("[speeds_kph]\nprimary = 900", "speeds_kph.primary: 900 is not a number from 0 to 200."),
        ("[speeds_kph]\nprimry = 50", 'speeds_kph.primry: there is no "primry". There are: '),
        ("[contraflow]\nspeed_kph = 90", "contraflow.speed_kph: 90 is not a number from 1 to 30."),
        ("[contraflow]\nallowed = 'no'", "contraflow.allowed: no cannot be used"),
        ("access_tags = ['access', 'car']", 'access_tags.1: there is no "car". There are: '),
        ("[surface_factor]\n'wet mud' = 0.5", "surface_factor.wet mud: wet mud cannot be used"),
        ("width_m = = 2", "line 1"),
        ("like = 'boat'", 'like: there is no "boat". There are: car, engine, motorcycle.'),
    ],
)
def test_a_wrong_file_is_told_by_file_and_key_with_what_would_be_right(
    book: ProfileBook, text: str, told: str
) -> None:
    (problem,) = book.check(write(book, "car", text + "\n"))
    assert str(problem).startswith("car.toml")
    assert told in str(problem)


def test_everything_that_is_wrong_is_told_at_once(book: ProfileBook) -> None:
    path = write(book, "boat", 'name_id = "Perahu"\nwidth_m = 99\nsails = 2\n')
    missing, *others = sorted(book.check(path), key=lambda p: "missing" not in str(p))
    assert len(others) == 2
    assert "boat.toml: missing: name_en, height_m, " in str(missing)
    assert 'like = "car"' in str(missing)
    assert not isinstance(read_profile(path, OURS), Profile)


def test_a_copy_says_what_is_shipped_and_overwrites_nothing(tmp_path: Path) -> None:
    book = ProfileBook(tmp_path / "new")
    path = book.copy("engine")
    assert path.read_text(encoding="utf-8").startswith("# How a fire engine")
    assert book.current() == OURS
    assert book.current().sources["engine"] == "own"
    path.write_text("width_m = 2.5\n")
    with pytest.raises(ProfileAlreadyYours, match=r"engine\.toml is there already"):
        book.copy("engine")
    assert path.read_text() == "width_m = 2.5\n"
    with pytest.raises(ProfileUnknown, match="car, engine, motorcycle"):
        book.copy("../secret_key")


def test_the_guide_shows_files_that_work(book: ProfileBook) -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "administrator.md"
    shown = re.findall(
        r"`profiles/(\w+)\.toml`:\n```\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL
    )
    assert [name for name, _ in shown] == ["engine", "pickup_tinggi"]
    for name, text in shown:
        assert book.check(write(book, name, text)) == ()
    assert book.current()["engine"].contraflow.allowed
    assert book.current()["pickup_tinggi"].fording_depth_cm == 50
