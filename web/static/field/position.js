/** The phone's own position, sent while an assignment is open; what could not be sent waits and is sent later. */
import { api } from "../shared/api.js";
import { nowMs } from "../shared/time.js";

const EVERY_MS = 5000;
const KEEP = 500;
const QUEUE = "field-positions";

let watch = null;
let lastSent_ms = 0;
let state = { code: "off", at: null };
const listeners = [];

const queue = () => JSON.parse(localStorage.getItem(QUEUE) ?? "[]");
const keep = (items) => localStorage.setItem(QUEUE, JSON.stringify(items.slice(-KEEP)));

function tell(code, at = state.at) {
  state = { code, at, waiting: queue().length };
  listeners.forEach((fn) => fn(state));
}

function reading({ coords, timestamp }) {
  const finite = (value) => (Number.isFinite(value) ? value : null);
  return {
    lon: coords.longitude, lat: coords.latitude, accuracy_m: finite(coords.accuracy),
    speed_kph: coords.speed === null ? null : finite(coords.speed * 3.6), heading_deg: finite(coords.heading),
    recorded_at: new Date(Math.min(timestamp || nowMs(), nowMs())).toISOString(),
  };
}

let sending = false;
async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let items = queue(); items.length; items = queue()) {
      await api.post("/positions", items[0]);
      keep(queue().slice(1));
      tell("sent", items[0].recorded_at);
    }
  } catch (problem) {
    // A refused point would block those behind it for ever; one that met a dead link waits.
    if (problem.status >= 400 && problem.status < 500 && problem.status !== 429) keep(queue().slice(1));
    tell(problem.status ? "refused" : "waiting");
  } finally {
    sending = false;
  }
}

function take(position) {
  if (Date.now() - lastSent_ms < EVERY_MS) return;
  lastSent_ms = Date.now();
  keep([...queue(), reading(position)]);
  flush();
}

export const sharing = {
  /** fn({code: "off" | "searching" | "sent" | "waiting" | "refused" | "denied" | "none", at, waiting}) */
  onState(fn) { listeners.push(fn); fn(state); },
  start() {
    if (watch !== null) return;
    if (!("geolocation" in navigator)) {
      tell("none");
      return;
    }
    tell("searching");
    watch = navigator.geolocation.watchPosition(take,
      (error) => tell(error.code === error.PERMISSION_DENIED ? "denied" : "searching"),
      { enableHighAccuracy: true, maximumAge: 2000, timeout: 30000 });
  },
  stop() {
    if (watch !== null) navigator.geolocation.clearWatch(watch);
    watch = null;
    tell("off");
  },
};
setInterval(() => { if (queue().length) flush(); }, 10000);
addEventListener("online", flush);
