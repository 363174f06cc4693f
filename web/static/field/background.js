/**
 * Part of the service worker: sends what waits when there is a signal again and nobody looks at the page (Background
 * Sync; where a browser has none, the page sends when it is opened again). script/setup joins it into one file.
 */
import { door } from "../shared/door.js";
import { lastStep, picture } from "./picture.js";
import { LOCK, SIGNAL_IS_BACK, isWaiting, offer } from "./sending.js";
import { kept } from "./store.js";

const ROOT = "/api/v1";
const knock = door({ token: { value: "" }, words: { unreachable: "", answered: (status) => `${status}` } });
const ask = (method, path, body) => knock(method.toUpperCase(), ROOT + path, body);

addEventListener("sync", (event) => {
  if (event.tag === SIGNAL_IS_BACK) event.waitUntil(sendWhatWaits());
});

/** A page that is looked at sends by itself, and asks again to be replaced when it is left. */
async function sendWhatWaits() {
  const pages = await globalThis.clients.matchAll({ type: "window" });
  if (!pages.some((page) => page.visibilityState === "visible")) await navigator.locks.request(LOCK, sendAll);
}

/** A rejection makes the browser call again, after longer and longer pauses. */
async function sendAll() {
  for (let next = await nextOne(); next; next = await nextOne()) {
    const problem = await offer(next, ask, taken);
    if (problem) throw problem;
  }
}

/** What may go now, of whoever is signed in now; what can still be taken back is waited for. */
async function nextOne() {
  const { me } = await ask("GET", "/reference");
  const first = async () => (await kept.all("outbox")).find((entry) => isWaiting(entry, me.username));
  let next = await first();
  while (next && next.hold_until_ms > Date.now()) {
    await new Promise((go) => setTimeout(go, next.hold_until_ms - Date.now()));
    next = await first();
  }
  return next;
}

async function taken(entry, answer) {
  await lastStep.note(entry);
  await picture.note(entry, answer);
}
