/**
 * Everything a crew presses: kept on the phone with the time it was pressed and a key of its own, sent in
 * order when there is a signal, by the same person only. A refusal is kept until it was read.
 */
import { api, whenSignedOut } from "../shared/api.js";
import { nowMs } from "../shared/time.js";
import { LOCK, SIGNAL_IS_BACK, changes, isWaiting, offer } from "./sending.js";
import { kept, newKey } from "./store.js";
import { user } from "./who.js";

const RETRY_MS = [2000, 4000, 8000, 15000];
const OWN_KEYS = "field-own-keys";
const OWN_KEYS_KEPT = 100;

let entries = [];
let link = "idle";
let failures = 0;
let timer = 0;
let sending = false;
const listeners = [];
const takers = [];

/** What of it is seen on the screen. */
const look = () => JSON.stringify([link, entries.map((e) => [e.id, Boolean(e.refused), e.hold_until_ms > Date.now()])]);
let told = "";
function draw() {
  const now = look();
  if (now === told) return;
  told = now;
  listeners.forEach((fn) => fn());
}

async function read({ tell = true } = {}) {
  entries = await kept.all("outbox");
  draw();
  if (tell) changes.postMessage("changed");
}
/** Another page of this phone, or the service worker. */
changes.onmessage = async ({ data }) => {
  if (data.taken?.entry.user === user) await tellTakers(data.taken.entry, data.taken.answer);
  await read({ tell: false });
};

const ownKeys = () => JSON.parse(localStorage.getItem(OWN_KEYS) ?? "[]");

/** What waits to be sent, oldest first; of this person, of one assignment, of one kind. */
export const waiting = ({ kind = null, of = null } = {}) => entries.filter((e) => isWaiting(e, user)
  && (kind === null || e.kind === kind) && (of === null || e.of === of));
export const refused = () => entries.filter((e) => e.user === user && e.refused);
/** What others who signed in on this phone have left: it waits for them. */
export const ofOthers = () => entries.filter((e) => e.user !== user && !e.refused);
/** "idle", "sending", "offline" or "signed_out". */
export const linkState = () => link;
export const isOwn = (key) => ownKeys().includes(key);
export const onOutbox = (fn) => listeners.push(fn);
/** fn(entry, answer) → promise: the server has taken it, and this is what it answered. */
export const onTaken = (fn) => takers.push(fn);

/**
 * Keep what was pressed. `of` is the assignment's or unit's number, `method` and `path` where it goes, `when`
 * the field that takes the time. Until `undo_ms` have passed, or something else is pressed, it can be taken back.
 */
export async function press({ kind, of, method = "post", path, body = {}, file = null, when = "occurred_at", undo_ms = 0, at = null }) {
  const key = newKey();
  localStorage.setItem(OWN_KEYS, JSON.stringify([...ownKeys(), key].slice(-OWN_KEYS_KEPT)));
  await hurry();
  const pressed_at = at ?? new Date(nowMs()).toISOString();
  await kept.add("outbox", {
    user, kind, of, method, path, file, key, pressed_at, made_ms: Date.now(), hold_until_ms: Date.now() + undo_ms,
    body: { ...body, [when]: pressed_at, key },
  });
  navigator.vibrate?.(60);
  await read();
  schedule(undo_ms);
  if (!navigator.onLine) askToBeReplaced();
}

/** Whoever presses on means what was pressed before. */
async function hurry() {
  for (const entry of entries.filter((e) => e.user === user && e.hold_until_ms > Date.now())) {
    await kept.put("outbox", { ...entry, hold_until_ms: 0 });
  }
}

/** True if it was still here to be taken back. */
export async function undo(id) {
  const entry = await kept.get("outbox", id);
  if (!entry || entry.hold_until_ms <= Date.now()) return false;
  await kept.remove("outbox", [id]);
  await read();
  return true;
}

export async function dismiss(id) {
  await kept.remove("outbox", [id]);
  await read();
}

function schedule(after_ms) {
  clearTimeout(timer);
  timer = setTimeout(flush, after_ms);
}

function say(state) {
  link = state;
  draw();
}

/** Send what waits. One page of this phone does it at a time. */
export function flush() {
  if (!navigator.locks) return sendAll();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? sendAll() : schedule(RETRY_MS[0])));
}

async function sendAll() {
  if (sending) return;
  sending = true;
  try {
    await read({ tell: false });
    for (let [next] = waiting(); next; [next] = waiting()) {
      const hold_ms = next.hold_until_ms - Date.now();
      if (hold_ms > 0) {
        schedule(hold_ms);
        return;
      }
      say("sending");
      const problem = await offer(next, (method, path, body) => api[method](path, body), tellTakers);
      if (problem) {
        say(problem.status === 401 ? "signed_out" : "offline");
        schedule(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
        return;
      }
      failures = 0;
      await read({ tell: false }); // others were told
    }
    say("idle");
  } finally {
    sending = false;
  }
}

async function tellTakers(entry, answer) {
  for (const fn of takers) await fn(entry, answer);
}

/**
 * The browser wakes the service worker as soon as there is a signal. It tries a few times only, so it is asked when
 * this page cannot send: without a signal, or when nobody looks at it any more.
 */
function askToBeReplaced() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register(SIGNAL_IS_BACK))
    .catch((problem) => console.warn("background sync:", problem));
}

whenSignedOut(() => say("signed_out"));
addEventListener("online", () => { failures = 0; schedule(0); });
addEventListener("visibilitychange", () => {
  if (!document.hidden) schedule(0);
  else if (waiting().length) askToBeReplaced();
});
await read({ tell: false });
schedule(0);
