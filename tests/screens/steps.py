"""What hands do on a page before its picture is taken."""

from playwright.sync_api import Page

SETTLED_MS = 2500  # tiles drawn, names placed, a transition over


def look(page: Page) -> None:
    """Nothing: the page as it opens."""
    page.wait_for_timeout(SETTLED_MS)


def take_a_call(page: Page) -> None:
    """A caller is on the line; the place is pinned, and something near it is already known."""
    if _on_a_phone(page):
        page.wait_for_timeout(SETTLED_MS)
        return
    page.keyboard.press("F2")
    page.wait_for_selector("#in-caller_number:focus")
    page.keyboard.type("081255507777")
    page.keyboard.press("F4")
    page.keyboard.type("57.70330, 11.97010")
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    page.keyboard.type("1.1")
    page.wait_for_selector(".combo-list:not([hidden]) .combo-row")
    page.keyboard.press("Enter")
    page.wait_for_selector("#in-description:focus")
    page.keyboard.type("Asap tebal dari ruko, warga berkumpul")
    page.wait_for_timeout(SETTLED_MS)


def rank(page: Page) -> None:
    """The ranking of the case on the screen, with its ways."""
    page.wait_for_selector(".rank-row")
    page.wait_for_timeout(SETTLED_MS)


def follow(page: Page) -> None:
    """A unit on its way is followed, with its trail."""
    page.wait_for_selector(".unit-list li", state="attached")
    page.wait_for_timeout(1500)
    page.keyboard.press("u")
    page.keyboard.press("Enter")
    page.wait_for_selector(".unit-card:not([hidden])")
    page.select_option(".unit-card select", "15")
    page.wait_for_timeout(SETTLED_MS)


def open_layers(page: Page) -> None:
    """What can be shown on the map, and what its signs mean."""
    if _on_a_phone(page):
        page.locator("[data-map-button]").click()
    look(page)
    page.locator(".layer-knob").click()
    page.wait_for_selector("[data-layer=stations]")


def replay_an_incident(page: Page) -> None:
    """The last moment of the newest incident there is."""
    newest = page.evaluate(
        "async () => (await (await fetch('/api/v1/incidents?status=open')).json()).items[0].id"
    )
    page.goto(f"/replay?incident={newest}")
    page.wait_for_selector("body[data-ready]", state="attached")
    page.keyboard.press("End")
    look(page)


def _on_a_phone(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 700
