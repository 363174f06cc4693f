"""Which pictures there are. A new page is one row, and a function in `steps` if it needs hands."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.browsers import DESK_SIZE, PHONE_SIZE, Size
from tests.screens import steps


@dataclass(frozen=True)
class Look:
    """In which colours, and how large a window."""

    theme: str
    size: Size

    @property
    def name(self) -> str:
        """As it ends the name of a file."""
        return f"{'desk' if self.size is DESK_SIZE else 'phone'}-{self.theme}"


DESK_DARK, DESK_LIGHT = Look("dark", DESK_SIZE), Look("light", DESK_SIZE)
PHONE_DARK, PHONE_LIGHT = Look("dark", PHONE_SIZE), Look("light", PHONE_SIZE)
BY_NIGHT_AND_DAY = (DESK_DARK, DESK_LIGHT)
LOOKS = (DESK_DARK, DESK_LIGHT, PHONE_DARK, PHONE_LIGHT)


@dataclass(frozen=True)
class Picture:
    """One page of one role, as it is after some steps. The documents keep some of its looks."""

    name: str
    role: str
    path: str
    steps: Callable[[Page], None] = steps.look
    kept: tuple[Look, ...] = (DESK_DARK,)
    username: str | None = None

    def file(self, look: Look) -> str:
        """The first of the kept looks is the picture itself, any other says which it is."""
        return f"{self.name}.png" if (look,) == self.kept[:1] else f"{self.name}-{look.name}.png"


PICTURES = (
    Picture("operator", "operator", "/operator", steps.take_a_call, BY_NIGHT_AND_DAY),
    Picture("dispatcher", "dispatcher", "/dispatcher", steps.rank, BY_NIGHT_AND_DAY, "damkar"),
    Picture("readiness", "dispatcher", "/readiness", kept=(PHONE_DARK,), username="damkar"),
    Picture("follow", "dispatcher", "/dispatcher", steps.follow, (), "damkar"),
    Picture("field", "crew", "/field", kept=(PHONE_DARK, PHONE_LIGHT)),
    Picture("planner", "planner", "/planner", kept=(DESK_LIGHT,)),
    Picture("administrator", "administrator", "/admin#units"),
    Picture("layers", "operator", "/operator", steps.open_layers),
    Picture("replay", "lead_operator", "/replay", steps.replay_an_incident),
    Picture("handover", "lead_operator", "/handover", kept=(DESK_LIGHT,)),
    Picture("wall", "lead_operator", "/wall", kept=BY_NIGHT_AND_DAY),
)


def kept_files() -> set[str]:
    """The names of all pictures in docs/pictures."""
    return {picture.file(look) for picture in PICTURES for look in picture.kept}
