"""What a screen makes of moving units: frames, how busy its thread is, memory, and a click."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import CDPSession, Page, ViewportSize, sync_playwright

from bench import live_latency
from bench.ranking_server import platform
from bench.saying import Line, Teller

UNITS = (200, 2_000, 10_000)
SECONDS = 8
DRAWINGS = (
    "empty canvas", "ours", "ours, every frame drawn", "Leaflet circleMarker on canvas",
)  # fmt: skip
CHROMIUM = ("/usr/bin/chromium", "--no-sandbox", "--disable-gpu")
CLICKS = 9
DESK = ViewportSize(width=1440, height=900)


def measure(teller: Teller) -> None:
    """Frames of units that move on a page of the running platform, then from the phone to it."""
    with platform(None, live_latency.UNITS, 2, 1) as running, sync_playwright() as playwright:
        program, *arguments = CHROMIUM
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        page = browser.new_page(viewport=DESK, base_url=running.settings.address)
        live_latency.sign_in(page, running, "operator")
        page.evaluate(Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))
        session = page.context.new_cdp_session(page)
        # Time on the processor, not on the clock: what else runs here must not count.
        session.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        session.send("Performance.enable")
        for count in UNITS:
            for drawing in DRAWINGS:
                found = _run(page, session, drawing, count)
                teller.say(part="screen", units=count, drawing=drawing, **found)
        page.close()
        live_latency.measure(teller, running, browser)
        browser.close()


@contextmanager
def _moving(page: Page, drawing: str, count: int) -> Iterator[None]:
    page.evaluate("([drawing, count]) => bench.start(drawing, count)", [drawing, count])
    try:
        page.wait_for_timeout(6_000)  # until every unit has reported, and the map is drawn
        yield
    finally:
        page.evaluate("() => bench.running.stop()")


def _run(page: Page, session: CDPSession, drawing: str, count: int) -> Line:
    with _moving(page, drawing, count):
        page.evaluate("() => bench.running.frames()")
        before = _metrics(session)
        page.wait_for_timeout(SECONDS * 1000)
        frames = page.evaluate("() => bench.running.frames()")
        after = _metrics(session)
        clicks = [_click(page) for _ in range(CLICKS)] if drawing == "ours" else []
        session.send("HeapProfiler.collectGarbage")
        heap_mb = _metrics(session)["JSHeapUsedSize"] / 2**20
    took_ms = np.diff(np.array(frames))
    passed_s = (frames[-1] - frames[0]) / 1000
    busy_s = after["TaskDuration"] - before["TaskDuration"]
    found = [took for took in clicks if took is not None]
    return {
        "fps_median": round(1000 / float(np.median(took_ms)), 1),
        "fps_p5": round(1000 / float(np.percentile(took_ms, 95)), 1),
        "fps_mean": round(len(took_ms) / passed_s, 1),
        "longest_ms": round(float(took_ms.max()), 1),
        "busy_share": round(busy_s / passed_s, 3),
        "processor_ms_per_frame": round(1000 * busy_s / len(frames), 2),
        "heap_mb": round(heap_mb, 1),
        "click_p50_ms": round(float(np.median(found)), 1) if found else None,
        "clicks_that_hit": f"{len(found)}/{len(clicks)}" if clicks else None,
    }


def _metrics(session: CDPSession) -> dict[str, float]:
    told: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: float(one["value"]) for one in told}


def _click(page: Page) -> float | None:
    """On a unit of the list, as a person clicks; None where another one moved in between."""
    x, y = page.evaluate("() => bench.spot()")
    answer = page.evaluate_handle("() => ({took: bench.clicked()})")
    page.mouse.click(x, y)
    took: float | None = answer.evaluate("async (one) => await one.took")
    page.keyboard.press("Escape")
    return took
