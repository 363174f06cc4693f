"""Water across the way of the unit that would be there first, drawn with the mouse."""

from playwright.sync_api import Page, expect

CORNERS = ((-45, -45), (45, -45), (45, 45), (-45, 45), (-45, -45))
REST_MS = 300
LOOKS = 40
ON_THE_CHOSEN_WAY = """share => {
    const path = document.querySelector("path.route");
    const point = path.getPointAtLength(path.getTotalLength() * share);
    const at = new DOMPoint(point.x, point.y).matrixTransform(path.getScreenCTM());
    return [at.x, at.y];
}"""


def flood_the_best_way(page: Page) -> None:
    """An area is closed; its reason is "banjir"."""
    page.locator(".rank-row").first.hover()  # the row that is pointed at shows its way
    x, y = on_the_chosen_way(page)
    page.keyboard.press("F6")
    page.wait_for_selector(".map-hint")
    for dx, dy in CORNERS:
        page.mouse.click(x + dx, y + dy)
        page.wait_for_timeout(60)
    page.fill("dialog [name=reason]", "banjir")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".closure-count")).to_contain_text("1")


def on_the_chosen_way(page: Page, share: float = 0.35) -> tuple[float, float]:
    """A point of the screen on the way that stands out, once the map has come to rest."""
    before: list[float] = []
    for _ in range(LOOKS):
        here: list[float] = page.evaluate(ON_THE_CHOSEN_WAY, share)
        if here == before:
            return here[0], here[1]
        before = here
        page.wait_for_timeout(REST_MS)
    raise AssertionError("the map does not come to rest")
