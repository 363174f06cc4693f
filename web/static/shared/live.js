/**
 * What happens, as it happens, and the truth about how old the picture is. However many tabs a person
 * has open, one of them holds the stream and tells the others, because a browser opens only six
 * connections to a server and a stream keeps one for good. Every event is delivered once in each tab.
 */
import { holdStream } from "./stream.js";
import { moment, msSince, nowMs, syncClock } from "./time.js";

const STALE_AFTER_MS = 12000;
const TAKE_OVER_AFTER_MS = 20000;
const NAME = `gis-dispatch-live:${document.body.dataset.user ?? ""}`;

const listeners = [];
const positionListeners = [];
const stateListeners = [];
const resumeListeners = [];

/** Everything after this event is still to come: first what was newest when the page was made. */
let lastId = document.body.dataset.lastEvent ? Number(document.body.dataset.lastEvent) : null;
let heard = { ...moment(), at: new Date(nowMs()).toISOString() };
let connected = false;
let everConnected = false;
/** A stream says first what was missed, and then beats. */
let complete = false;
let brokenSince = null;
let serverBehindSince = null;
let missed = { left: 0, total: 0 };
let stream = null;
const SOON = { close() {} };
const units = new Map();

const resume = () => resumeListeners.forEach((fn) => fn());

/* What every tab does with what it hears, from the server or from the tab that holds the stream. */
const hear = {
  event({ event, id }) {
    if (lastId !== null && id <= lastId) return;
    lastId = id;
    for (const { prefix, fn } of listeners) if (event.kind.startsWith(prefix)) fn(event);
  },
  positions({ items }) { positionListeners.forEach((fn) => fn(items)); },
  behind({ left }) { missed = { left, total: left ? Math.max(left, missed.total) : 0 }; },
  beat({ beat }, mine) {
    syncClock(beat.now);
    // In order with the events. Less than we know means that the server's record is an older one.
    lastId = mine ? beat.last_event_id : Math.max(lastId ?? 0, beat.last_event_id);
    complete = true;
    brokenSince = null;
    const back = serverBehindSince && !beat.behind_since;
    serverBehindSince = beat.behind_since;
    if (back) resume();
  },
  open({ again, whole }) {
    connected = true;
    everConnected = true;
    complete = whole;
    if (again) resume();
  },
  broken() {
    connected = false;
    missed = { left: 0, total: 0 };
    brokenSince ??= heard.at;
  },
};

function take(message, mine = false) {
  hear[message.what](message, mine);
  if (message.what !== "broken") heard = { ...moment(), at: new Date(nowMs()).toISOString() };
  judge();
}

const others = new BroadcastChannel(NAME);
others.onmessage = ({ data }) => {
  if (data.what !== "hello") take(data);
  else if (stream && connected) {
    others.postMessage({ what: "open", again: false, whole: complete });
    others.postMessage({ what: "positions", items: [...units.values()] });
  }
};

/** The tab that holds the stream completes what was sent in short, and tells all. */
function say(message) {
  if (message.what === "open") Object.assign(message, { again: everConnected, whole: false });
  if (message.what === "positions") message.items = message.items.map(completed);
  others.postMessage(message);
  take(message, true);
}
function completed(item) {
  const whole = { ...units.get(item.unit_id), ...item };
  units.set(item.unit_id, whole);
  return whole;
}

function state() {
  if (msSince(heard) > STALE_AFTER_MS) return ["stale", brokenSince ?? heard.at];
  if (!connected) return [everConnected ? "reconnecting" : "connecting", brokenSince ?? heard.at];
  if (serverBehindSince) return ["server_behind", serverBehindSince];
  if (missed.left || !complete) return [everConnected && brokenSince ? "behind" : "connecting", brokenSince ?? heard.at];
  return ["live", null];
}
let told = { state: "connecting", since: heard.at, ...missed };
function judge() {
  const [word, from] = state();
  const next = { state: word, since: from, ...missed };
  if (["state", "since", "left"].every((key) => next[key] === told[key])) return;
  told = next;
  stateListeners.forEach((fn) => fn(told));
}
setInterval(judge, 1000);

export const live = {
  /** live.on("incident.", event => …): every event whose kind starts so. */
  on(prefix, fn) { listeners.push({ prefix, fn }); },
  onPositions(fn) { positionListeners.push(fn); },
  /** fn({state, since, left, total}): "live", "connecting", "reconnecting", "stale" (nothing is heard),
   *  "behind" (what was missed is coming in), "server_behind" (its database cannot be read). */
  onState(fn) { stateListeners.push(fn); fn(told); },
  /** After a break: read your lists again. */
  onResume(fn) { resumeListeners.push(fn); },
  get state() { return told.state; },
  get lastId() { return lastId; },
};

function hold() {
  stream = holdStream(() => lastId, say);
  return new Promise(() => {});
}

// Whoever has the lock holds the stream; when that tab goes, the next one in line takes over where it stopped.
// Without locks (an address without https other than this computer) every tab holds its own.
function queue(options) {
  navigator.locks.request(NAME, options, hold).catch(() => {
    // Taken by a tab that heard nothing from us: we slept. We wait in line again.
    stream.close();
    stream = null;
    queue({});
  });
}
if (navigator.locks) {
  queue({});
  others.postMessage({ what: "hello" });
  setInterval(() => {
    if (stream || document.hidden || msSince(heard) < TAKE_OVER_AFTER_MS) return;
    stream = SOON;
    queue({ steal: true });
  }, 1000);
} else hold();
addEventListener("pagehide", () => stream?.close());
addEventListener("pageshow", (event) => { if (event.persisted && stream) hold(); });
