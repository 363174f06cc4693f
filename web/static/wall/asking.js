/** Asks the server again and again, for weeks; knows how old the answer is; loads a newer page only when there is one. */
import { moment, msSince, nowMs, syncClock } from "../shared/time.js";

const EVERY_MS = 2000;
const TIMEOUT_MS = 8000;
const STALE_AFTER_MS = 10000;
const CLOCK_OFF_MS = 60000;
const DAY_MS = 24 * 3600 * 1000;

/** asking({onAnswer(answer), onAge({stale, since, clock_off_ms})}) begins at once and never ends. */
export function asking({ onAnswer, onAge }) {
  const opened = moment();
  const shown = document.body.dataset.version;
  let heard = moment();
  let heardAt = new Date(nowMs()).toISOString();
  let answered = false;
  let clock_off_ms = 0;

  /** Never onto a page that does not come: the screen would stay on the browser's own error for good. */
  async function loadAnew() {
    const page = await fetch("/wall", { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (page.ok || page.status === 403) location.reload();
  }

  async function ask() {
    const answer = await fetch("/api/v1/wall", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.status === 401 || answer.status === 403) {
      await loadAnew(); // revoked: the page then shows a code to be paired by
      return;
    }
    if (!answer.ok) throw new Error(`/api/v1/wall: ${answer.status}`);
    const told = await answer.json();
    clock_off_ms = Date.now() - Date.parse(told.now);
    syncClock(told.now);
    heard = moment();
    heardAt = told.now;
    answered = true;
    onAnswer(told);
    if (told.version !== shown || (msSince(opened) > DAY_MS && !told.queue.waiting)) await loadAnew();
  }

  (async function again() {
    try {
      await ask();
    } catch (problem) {
      console.warn("The wall has no answer:", problem);
    }
    judge();
    setTimeout(again, EVERY_MS);
  }());

  function judge() {
    onAge({ stale: msSince(heard) > STALE_AFTER_MS, since: answered ? heardAt : null, clock_off_ms: Math.abs(clock_off_ms) > CLOCK_OFF_MS ? clock_off_ms : 0 });
  }
  setInterval(judge, 1000);
}
