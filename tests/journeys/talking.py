"""What a journey says beside clicking: questions to the API with the window's own sign-in."""

from typing import Any

from playwright.sync_api import Page, expect

READY = "body[data-ready], [data-ready]"


def ready(page: Page) -> None:
    """Wait until a console has drawn itself and its stream is live."""
    page.wait_for_selector(READY, state="attached")
    expect(page.locator("[data-live-state]")).to_have_attribute("data-state", "live")


def ask(page: Page, path: str) -> Any:
    """Asked with the cookie of whoever sits at this window."""
    answer = page.request.get(f"/api/v1{path}")
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def tell(page: Page, path: str, body: dict[str, Any]) -> Any:
    """Sent by the page's own script, with its CSRF token."""
    return page.evaluate(
        """async ([path, body]) =>
        (await import("/static/shared/api.js")).api.post(path, body)""",
        [path, body],
    )
