/**
 * The event stream: named events, positions, and the truth about how old the picture is. However many
 * tabs a person has open, one of them holds the stream and tells the others, because a browser opens
 * only six connections to a server and a stream keeps one for good.
 */
import { syncClock } from "./time.js";

const EVENTS = [
  ...["received", "answered", "ended", "closed", "linked"].map((k) => `call.${k}`),
  ...["received", "verified", "relocated", "changed", "dispatched", "in_progress", "resolved", "closed",
    "reopened", "cancelled", "duplicate", "out_of_area"].map((k) => `incident.${k}`),
  ...["sent", "acknowledged", "ready", "not_ready", "accepted", "handed_back", "completed"].map((k) => `referral.${k}`),
  ...["dispatched", "acknowledged", "en_route", "on_scene", "transporting", "at_hospital", "cleared", "cancelled",
    "backup"].map((k) => `assignment.${k}`),
  "unit.duty", "unit.changed", "closure.made", "closure.lifted", "ranking.made",
  "case.queued", "case.delivered", "case.refused", "roads.imported",
];
const STALE_AFTER_MS = 15000;
const RETRY_MS = [1000, 2000, 4000, 8000, 15000];
const NAME = `gis-dispatch-live:${document.body.dataset.user ?? ""}`;

const listeners = [];
const positionListeners = [];
const stateListeners = [];
const resumeListeners = [];

let source = null;
let lastId = null;
let heardAt = Date.now();
let connected = false;
let everConnected = false;
let failures = 0;
let state = "connecting";

/* What every tab does with what it hears, from the server or from the tab that holds the stream. */
const hear = {
  event({ event, id }) {
    if (id) lastId = id;
    for (const { prefix, fn } of listeners) if (event.kind.startsWith(prefix)) fn(event);
  },
  positions({ items }) { positionListeners.forEach((fn) => fn(items)); },
  beat({ beat }) {
    if (beat.now) syncClock(beat.now);
    lastId ??= beat.last_event_id ?? null;
  },
  open({ again }) {
    connected = true;
    everConnected = true;
    if (again) resumeListeners.forEach((fn) => fn());
  },
  broken() { connected = false; },
};

function heard(message) {
  if (message.what !== "broken") heardAt = Date.now();
  hear[message.what](message);
  judge();
}

const others = new BroadcastChannel(NAME);
others.onmessage = ({ data }) => {
  if (data.what !== "hello") heard(data);
  else if (source && connected) others.postMessage({ what: "open", again: false });
};
function tellAll(message) {
  others.postMessage(message);
  heard(message);
}

function connect() {
  source?.close();
  const url = lastId === null ? "/api/v1/events" : `/api/v1/events?after=${encodeURIComponent(lastId)}`;
  source = new EventSource(url);
  source.onopen = () => {
    failures = 0;
    tellAll({ what: "open", again: everConnected });
  };
  source.onerror = () => {
    tellAll({ what: "broken" });
    if (source.readyState === EventSource.CLOSED) retry();
  };
  for (const kind of EVENTS) source.addEventListener(kind, deliver);
  source.addEventListener("positions", (message) => tellAll({ what: "positions", items: JSON.parse(message.data).items }));
  source.addEventListener("beat", (message) => tellAll({ what: "beat", beat: JSON.parse(message.data) }));
}

function retry() {
  const wait_ms = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] * (0.75 + Math.random() / 2);
  failures += 1;
  setTimeout(connect, wait_ms);
}

function deliver(message) {
  const event = JSON.parse(message.data);
  event.kind ??= message.type;
  tellAll({ what: "event", event, id: message.lastEventId || null });
}

function judge() {
  const next = Date.now() - heardAt > STALE_AFTER_MS ? "stale" : connected ? "live" : everConnected ? "reconnecting" : "connecting";
  if (next === state) return;
  state = next;
  stateListeners.forEach((fn) => fn(state, new Date(heardAt).toISOString()));
}
setInterval(judge, 1000);

// A stream that says nothing for three times the beat is dead even if the browser believes in it.
setInterval(() => {
  if (source?.readyState === EventSource.OPEN && Date.now() - heardAt > 2 * STALE_AFTER_MS) connect();
}, 5000);

export const live = {
  /** live.on("incident.", event => …): every event whose kind starts so. */
  on(prefix, fn) { listeners.push({ prefix, fn }); },
  onPositions(fn) { positionListeners.push(fn); },
  /** fn("live" | "connecting" | "reconnecting" | "stale", time last heard) */
  onState(fn) { stateListeners.push(fn); fn(state, new Date(heardAt).toISOString()); },
  /** fn(true, since) when nothing was heard for 15 s, fn(false) when it is live again. */
  onStale(fn) { stateListeners.push((s, since) => fn(s === "stale", since)); },
  /** After a break: read your lists again. */
  onResume(fn) { resumeListeners.push(fn); },
  get state() { return state; },
  get lastId() { return lastId; },
};

// Whoever has the lock holds the stream; when that tab goes, the next one in line takes over where it stopped.
// Without locks (an address without https other than this computer) every tab holds its own.
if (navigator.locks) {
  navigator.locks.request(NAME, () => new Promise(() => { connect(); }));
  others.postMessage({ what: "hello" });
} else connect();
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => { if (event.persisted && source) connect(); });
