"""An ear on a window: every request, every failure, every breach of the content security policy."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

OUR_OWN = {"127.0.0.1"}
WITHOUT_A_HOST = {"data", "blob", "about", "file"}
# A page that is left, or a tile that is no longer wanted, ends its own requests.
GIVEN_UP = "net::ERR_ABORTED"

REMEMBER = """addEventListener("securitypolicyviolation", event => {
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
});"""


@dataclass
class Ear:
    """What was heard in one window."""

    asked: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """From now on, also on the pages that follow in this window."""
        page.add_init_script(REMEMBER)
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def nothing(self) -> dict[str, list[str]]:
        """What should not have happened; empty if nothing did."""
        heard = {
            "asked a foreign host": self.foreign,
            "did not arrive": self.failed,
            "said in the console": self.complaints,
        }
        return {what: found for what, found in heard.items() if found}

    def _request(self, request: Request) -> None:
        url = urlsplit(request.url)
        self.asked.append(request.url)
        if url.scheme not in WITHOUT_A_HOST and url.hostname not in OUR_OWN:
            self.foreign.append(request.url)

    def _failed(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self.failed.append(f"{request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.request.method} {response.url}: {response.status}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)


def fonts_in_use(page: Page, selector: str, most: int = 60) -> Counter[tuple[str, bool]]:
    """(name, whether we serve it) of the fonts that drew what is written in these elements, with
    how many letters: what the browser took, not what it was asked for.
    """
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    found: Counter[tuple[str, bool]] = Counter()
    for node in nodes[:most]:
        try:
            answer = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})
        except Error:  # the page has drawn that part anew since
            continue
        for font in answer["fonts"]:
            found[font["familyName"], font["isCustomFont"]] += int(font["glyphCount"])
    session.detach()
    return found
