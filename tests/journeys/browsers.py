"""Windows for people: one browser context each, signed in, with an ear for errors."""

import shutil
from typing import TypedDict

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.journeys.serving import LiveServer

CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


class Size(TypedDict):
    """A window's inside, in CSS pixels."""

    width: int
    height: int


DESK_SIZE = Size(width=1440, height=900)
PHONE_SIZE = Size(width=390, height=844)


def find_chromium() -> str:
    """The Chromium of this machine."""
    for program in PROGRAMS:
        found = shutil.which(program)
        if found:
            return found
    raise LookupError("Journeys need Chromium: apt-get install chromium.")


class Desk:
    """Opens windows and remembers what went wrong in them."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.errors: list[str] = []
        self.server = server
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def window(self, size: Size = DESK_SIZE) -> Page:
        """A window in which nobody is signed in yet."""
        phone = size["width"] < 700
        context = self._browser.new_context(
            base_url=self.server.address,
            viewport={"width": size["width"], "height": size["height"]},
            device_scale_factor=2 if phone else 1,
            has_touch=phone,
            is_mobile=phone,
            timezone_id="Asia/Pontianak",
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))
        return page

    def sign_in(self, role: str, *, username: str | None = None, size: Size = DESK_SIZE) -> Page:
        """A window of somebody with this role, on the page where that role works."""
        page = self.window(size)
        sign_in(page, self.server, role, username=username)
        return page

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()

    def _hear(self, page: Page, message: ConsoleMessage) -> None:
        # A refusal of the server is an answer (and logged by the browser); a blocked script is not.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(f"{page.url}: {message.text}")


def sign_in(page: Page, server: LiveServer, role: str, *, username: str | None = None) -> None:
    """Through the sign-in page, as people do."""
    person = server.person(role, username)
    page.goto(f"{server.address}/sign-in")
    page.fill("#username", person.username)
    page.fill("#password", person.password)
    page.press("#password", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
