"""The vehicle profiles in use: those that came along, and over them the administrator's files."""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from time import time
from typing import Any, Literal

from gis_dispatch.errors import Refusal
from gis_dispatch.roads.profile import Barriers, Contraflow, Profile, TurnRestrictions, profile_of
from gis_dispatch.roads.profile_files import (
    Problems,
    load_profiles,
    read_profile,
    shipped_folder,
)
from gis_dispatch.roads.refusals import ProfileAlreadyYours, ProfileBroken, ProfileUnknown

__all__ = [
    "Barriers",
    "Contraflow",
    "Profile",
    "ProfileBook",
    "Profiles",
    "TurnRestrictions",
    "load_profiles",
    "profile_of",
]

log = logging.getLogger(__name__)

GONE_S = 60.0
"""A file is removed when it is gone for so long: editors delete it too, to write it anew."""

Source = Literal["shipped", "own", "last_good"]
"""`last_good`: the own file is broken, and its last good version is used."""


class Profiles(Mapping[str, Profile]):
    """The profiles in use at one moment, by name; never changed, only replaced."""

    def __init__(
        self, profiles: Mapping[str, Profile], sources: Mapping[str, Source] | None = None,
        problems: tuple[Refusal, ...] = (),
    ) -> None:  # fmt: skip
        self._profiles = dict(sorted(profiles.items()))
        self.sources: Mapping[str, Source] = {
            name: (sources or {}).get(name, "shipped") for name in self._profiles
        }
        self.problems = problems

    def __getitem__(self, name: str) -> Profile:
        return self._profiles[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._profiles)

    def __len__(self) -> int:
        return len(self._profiles)

    @cached_property
    def facts(self) -> Mapping[str, dict[str, Any]]:
        """What every profile says, as JSON could hold it."""
        return {name: profile.facts() for name, profile in self._profiles.items()}

    def rows(self) -> list[dict[str, Any]]:
        """A line of main facts for each, with where it comes from."""
        return [
            {**profile.main_facts(), "source": self.sources[name]} for name, profile in self.items()
        ]

    @cached_property
    def sha256(self) -> str:
        """Of the facts, written in the one canonical way."""
        text = json.dumps(self.facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


class ProfileBook:
    """The profiles of an installation, read again when a file in `<home>/profiles` changed.

    A broken file keeps the last good version of its profile. That version is kept beside the files,
    so that a process that starts later drives by the same facts as one that runs already.
    """

    def __init__(
        self, home: Path, tell: Callable[[str], object] = log.warning,
        now_s: Callable[[], float] = time,
    ) -> None:  # fmt: skip
        """`tell` hears of each problem once."""
        self._tell = tell
        self.folder = home / "profiles"
        self._kept = self.folder / ".last_good"
        self._shipped = load_profiles()
        self._now_s = now_s
        self._not_kept: dict[str, Profile] = {}
        """What is remembered only here, because nothing can be written beside the files."""
        self._gone_since_s: dict[str, float] = {}
        self._seen: object = None
        self._current = Profiles(self._shipped)
        self._reading = Lock()

    def current(self) -> Profiles:
        """The profiles now. Cheap while nothing changed: the folder is looked at, not read."""
        seen = self._look()
        if seen != self._seen:
            with self._reading:
                if seen != self._seen:
                    # Looked at before it is read: a change meanwhile is seen the next time.
                    self._current = self._read()
                    self._seen = seen
        return self._current

    def files(self) -> list[Path]:
        """The administrator's files."""
        return sorted(self.folder.glob("*.toml"))

    def check(self, path: Path) -> Problems:
        """All that is wrong with one file."""
        read = read_profile(path, self._shipped)
        return () if isinstance(read, Profile) else read

    def copy(self, name: str) -> Path:
        """Write the shipped file of a profile to where it may be changed, and say where that is."""
        source = shipped_folder() / f"{name}.toml"
        if name not in self._shipped:
            known = ", ".join(self._shipped)
            raise ProfileUnknown(field="profile", profile=name, known=known)
        self.folder.mkdir(parents=True, exist_ok=True)
        target = self.folder / source.name
        try:
            with target.open("x", encoding="utf-8") as file:
                file.write(source.read_text(encoding="utf-8"))
        except FileExistsError as error:
            raise ProfileAlreadyYours(file=target) from error
        return target

    def _look(self) -> tuple[tuple[object, ...], ...]:
        try:
            with os.scandir(self.folder) as entries:
                files = [(e.name, e.stat()) for e in entries if e.name.endswith(".toml")]
        except OSError:
            return ()
        return tuple(sorted((name, at.st_mtime_ns, at.st_size, at.st_ino) for name, at in files))

    def _read(self) -> Profiles:
        profiles, problems = dict(self._shipped), list[ProfileBroken]()
        sources: dict[str, Source] = {}
        paths = {path.stem: path for path in self.files()}
        self._forget(set(paths))
        for name, path in paths.items():
            read = read_profile(path, self._shipped)
            if isinstance(read, Profile):
                profiles[name], sources[name] = read, "own"
                self._keep(read)
                continue
            problems += read
            good = self._last_good_of(name)
            if good is not None:
                profiles[name], sources[name] = good, "last_good"
        told = {str(problem) for problem in self._current.problems}
        for problem in problems:
            if str(problem) not in told:
                self._tell(str(problem))
        return Profiles(profiles, sources, tuple(problems))

    def _last_good_of(self, name: str) -> Profile | None:
        if name in self._not_kept:
            return self._not_kept[name]
        # Not remembered from the last time: another process may have seen that it was removed.
        with suppress(OSError, ValueError):
            text = (self._kept / f"{name}.json").read_text(encoding="utf-8")
            return profile_of(json.loads(text))
        return None

    def _keep(self, profile: Profile) -> None:
        if self._last_good_of(profile.name) == profile:
            return
        text = json.dumps(profile.facts(), ensure_ascii=False, indent=2)
        try:
            self._kept.mkdir(exist_ok=True)
            new = self._kept / f"{profile.name}.{os.getpid()}"
            new.write_text(text, encoding="utf-8")
            new.replace(self._kept / f"{profile.name}.json")
            self._not_kept.pop(profile.name, None)
        except OSError:
            self._not_kept[profile.name] = profile

    def _forget(self, there: set[str]) -> None:
        """Forget what is removed; what comes back within the minute was being saved."""
        now_s = self._now_s()
        for name in set(self._not_kept) - there:
            self._gone_since_s.setdefault(name, now_s)
        for name in there & set(self._gone_since_s):
            if now_s - self._gone_since_s.pop(name) > GONE_S:
                del self._not_kept[name]
        # Beside the files it is marked for all processes, by a name and since when.
        for path in [*self._kept.glob("*.json"), *self._kept.glob("*.gone")]:
            with suppress(OSError):  # another process did it
                if path.suffix == ".json" and path.stem not in there:
                    os.utime(path, (now_s, now_s))
                    path.replace(path.with_suffix(".gone"))
                elif path.suffix == ".gone" and now_s - path.stat().st_mtime > GONE_S:
                    path.unlink()
                elif path.suffix == ".gone" and path.stem in there:
                    path.replace(path.with_suffix(".json"))
