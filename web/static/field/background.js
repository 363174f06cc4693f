/**
 * Part of the service worker: sends what waits when there is a signal again and nobody looks at the page (Background
 * Sync; where a browser has none, the page sends when it is opened again). script/setup joins it into one file.
 */
import { door } from "../shared/door.js";
import { picture } from "./picture.js";
import { LOCK, SIGNAL_IS_BACK, changes, isWaiting, offer } from "./sending.js";
import { kept } from "./store.js";

const ROOT = "/api/v1";
const knock = door({ token: { value: "" }, words: { unreachable: "", answered: (status) => `${status}` } });
const ask = (method, path, body) => knock(method.toUpperCase(), ROOT + path, body);

addEventListener("sync", (event) => {
  if (event.tag === SIGNAL_IS_BACK) event.waitUntil(sendWhatWaits());
});

/** A rejection makes the browser call again, after longer and longer pauses. */
async function sendWhatWaits() {
  const pages = await globalThis.clients.matchAll({ type: "window" });
  if (pages.some((page) => page.visibilityState === "visible")) {
    const left = (await kept.all("outbox")).some((entry) => !entry.refused);
    if (left) throw new Error("The page that is looked at sends by itself; once more later.");
    return;
  }
  await navigator.locks.request(LOCK, sendAll);
}

async function sendAll() {
  const { me } = await ask("GET", "/reference");
  const waiting = (await kept.all("outbox")).filter((entry) => isWaiting(entry, me.username));
  for (const { id, hold_until_ms } of waiting) {
    await new Promise((go) => setTimeout(go, Math.max(0, hold_until_ms - Date.now())));
    const entry = await kept.get("outbox", id);
    if (!entry) continue; // taken back
    const problem = await offer(entry, ask, picture.note);
    changes.postMessage("changed");
    if (problem) throw problem;
  }
}
