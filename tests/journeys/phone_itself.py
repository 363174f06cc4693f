"""What a page asks of the phone it is on, played by a test: the screen, the battery, the place."""

from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.browsers import PHONE_SIZE, Desk, sign_in
from tests.journeys.crew_phone import SLOW_MS, begun

SCREEN = """(() => {
    const held = new Set();
    window.screenLock = { refusing: false, held };
    const request = async () => {
        // A phone takes its time, and the page asks for other things meanwhile.
        await new Promise((resolve) => setTimeout(resolve, 1500));
        if (window.screenLock.refusing) throw new DOMException("low battery", "NotAllowedError");
        const lock = new EventTarget();
        lock.release = async () => {
            if (held.delete(lock)) lock.dispatchEvent(new Event("release"));
        };
        held.add(lock);
        return lock;
    };
    Object.defineProperty(navigator, "wakeLock", { value: { request }, configurable: true });
})();
"""
BATTERY = """(() => {
    const battery = new EventTarget();
    Object.assign(battery, { level: LEVEL, charging: false });
    window.battery = battery;
    navigator.getBattery = async () => battery;
})();
"""
NO_LOCK = "delete Navigator.prototype.wakeLock;"


@dataclass(frozen=True)
class Standing:
    """Where the phone is, and how well it knows it."""

    lon: float
    lat: float
    accuracy: float = 5.0


def crew_page(people: Desk, *scripts: str, at: Standing | None = None) -> Page:
    """The crew's page on a phone that behaves as the scripts say."""
    page = people.window(PHONE_SIZE)
    page.set_default_timeout(SLOW_MS)
    for script in scripts:
        page.context.add_init_script(script)
    if at is not None:
        page.context.grant_permissions(["geolocation"])
        stand(page, at)
    sign_in(page, people.server, "crew")
    page.goto("/field")
    begun(page)
    return page


def stand(page: Page, at: Standing) -> None:
    """The phone is there from now on."""
    place = {"longitude": at.lon, "latitude": at.lat, "accuracy": at.accuracy}
    page.context.set_geolocation(place)  # type: ignore[arg-type]  # a TypedDict of floats
