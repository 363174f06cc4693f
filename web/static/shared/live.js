/** One event stream a page: named events, positions, and the truth about how old the picture is. */
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

const listeners = [];
const positionListeners = [];
const stateListeners = [];
const resumeListeners = [];

let source = null;
let lastId = null;
let heardAt = Date.now();
let state = "connecting";
let failures = 0;
let opened = false;

function connect() {
  source?.close();
  const url = lastId === null ? "/api/v1/events" : `/api/v1/events?after=${encodeURIComponent(lastId)}`;
  source = new EventSource(url);
  source.onopen = () => {
    failures = 0;
    heard();
    if (opened) resumeListeners.forEach((fn) => fn());
    opened = true;
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) retry();
    judge();
  };
  source.onmessage = deliver;
  for (const kind of EVENTS) source.addEventListener(kind, deliver);
  source.addEventListener("positions", (message) => {
    heard();
    const { items } = JSON.parse(message.data);
    positionListeners.forEach((fn) => fn(items));
  });
  source.addEventListener("beat", (message) => {
    heard();
    const beat = JSON.parse(message.data);
    if (beat.now) syncClock(beat.now);
    lastId ??= beat.last_event_id ?? null;
  });
}

function retry() {
  const wait_ms = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] * (0.75 + Math.random() / 2);
  failures += 1;
  setTimeout(connect, wait_ms);
}

function deliver(message) {
  heard();
  if (message.lastEventId) lastId = message.lastEventId;
  const event = JSON.parse(message.data);
  event.kind ??= message.type;
  for (const { prefix, fn } of listeners) if (event.kind.startsWith(prefix)) fn(event);
}

function heard() {
  heardAt = Date.now();
  judge();
}

function judge() {
  const silent_ms = Date.now() - heardAt;
  const next = silent_ms > STALE_AFTER_MS ? "stale"
    : source?.readyState === EventSource.OPEN ? "live" : opened ? "reconnecting" : "connecting";
  if (next === state) return;
  state = next;
  stateListeners.forEach((fn) => fn(state, new Date(heardAt).toISOString()));
}
setInterval(judge, 1000);

// A stream that says nothing for three times the beat is dead even if the browser believes in it.
setInterval(() => {
  if (Date.now() - heardAt > 2 * STALE_AFTER_MS && source?.readyState === EventSource.OPEN) connect();
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

connect();
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (e) => { if (e.persisted) connect(); });
