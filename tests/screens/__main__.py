"""Makes the pictures of README and guides from the running product: script/screens [NAME …]."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from gis_dispatch.running import cluster, home, migrating
from gis_dispatch.settings import Settings
from tests.journeys.browsers import CHROMIUM_ARGUMENTS, Desk, find_chromium, sign_in
from tests.journeys.conftest import NOWHERE, free_port
from tests.journeys.serving import LiveServer, first_started, serving
from tests.journeys.talking import READY
from tests.screens import story
from tests.screens.table import LOOKS, PICTURES, Look, Picture

KEPT_IN = Path(__file__).resolve().parents[2] / "docs" / "pictures"


def main() -> None:
    """Parse, start the product, tell the story, take the pictures."""
    given = _parsed()
    wanted = [one for one in PICTURES if not given.names or one.name in given.names]
    if given.list:
        for one in PICTURES:
            looks = ", ".join(look.name for look in one.kept)
            print(f"{one.name}: {one.path} as {one.role}; the documents keep: {looks}")
        return
    given.into.mkdir(parents=True, exist_ok=True)
    with _product() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[*CHROMIUM_ARGUMENTS, "--force-color-profile=srgb"],
        )
        desk = Desk(browser, server)
        story.past(server.database_url)
        story.today(desk)
        desk.close()
        for picture in wanted:
            for look in LOOKS if given.every_look else picture.kept:
                file = given.into / picture.file(look)
                _take(browser, server, picture, look, file, given.locale)
                print(file.name, f"{file.stat().st_size / 1024:.0f} kB", flush=True)
        browser.close()


def _parsed() -> argparse.Namespace:
    names = [picture.name for picture in PICTURES]
    parser = argparse.ArgumentParser(prog="script/screens", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[*names, []],
        help=f"only these of: {', '.join(names)}",
    )  # fmt: skip
    parser.add_argument("--into", type=Path, default=KEPT_IN, help="folder (docs/pictures)")
    parser.add_argument(
        "--english", dest="locale", action="store_const", const="en", default="id",
        help="the English screens instead of the Indonesian",
    )  # fmt: skip
    parser.add_argument(
        "--every-look", action="store_true",
        help="dark and light, desk and phone, not only what the documents keep",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="say which pictures there are")
    return parser.parse_args()


@contextmanager
def _product() -> Iterator[LiveServer]:
    """The platform with the sample city in a folder of its own, as after `script/server`."""
    with tempfile.TemporaryDirectory(prefix="gis-dispatch-screens-") as folder:
        Path(folder).chmod(0o755)  # run by root, the database's own user has to get in
        settings = Settings(
            home=Path(folder) / "home", database_url=None, port=free_port(), workers=1,
            overpass_url=NOWHERE, nominatim_url=NOWHERE, simulate="off",
        )  # fmt: skip
        os.environ["GIS_DISPATCH_WORKERS"] = "1"  # children read their own settings
        home.ensure(settings.home)
        with cluster.running(settings) as url:
            migrating.migrate(url)
            with serving(settings, url, first_started(settings, url)) as server:
                yield server


def _take(
    browser: Browser, server: LiveServer, picture: Picture, look: Look, file: Path, locale: str
) -> None:
    desk = Desk(browser, server)
    page = desk.window(look.size)
    page.add_init_script(f"localStorage.setItem('theme', '{look.theme}')")
    sign_in(page, server, picture.role, username=picture.username)
    _speak(page, locale)
    page.goto(picture.path)
    page.wait_for_selector(READY, state="attached")
    picture.steps(page)
    page.screenshot(path=file, animations="disabled")
    desk.close()
    if desk.errors:
        raise SystemExit(
            f"{picture.name}: the page had errors of its own:\n" + "\n".join(desk.errors)
        )


def _speak(page: Page, locale: str) -> None:
    """The language is chosen as a person does it."""
    page.evaluate(
        """locale => { const one = document.querySelector(`button[name=locale][value=${locale}]`);
        if (one.getAttribute("aria-pressed") !== "true") one.click(); }""",
        locale,
    )
    page.wait_for_selector(f"html[lang={locale}]")


if __name__ == "__main__":
    main()
