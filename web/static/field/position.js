/** The phone's own position, sent while an assignment is open; what could not be sent waits and goes in batches. */
import { api } from "../shared/api.js";
import { nowMs } from "../shared/time.js";
import { batteryIsLow, batteryPercent } from "./battery.js";
import { isForLater } from "./sending.js";
import { kept } from "./store.js";
import { user } from "./who.js";

const EVERY_MS = 5000;
const EVERY_LOW_MS = 30000;
const BATCH = 200;
const KEEP = 5000;
const FRESH_MS = 60000;

let watch = null;
let lastTaken_ms = 0;
let last = null;
let state = { code: "off", at: null, waiting: 0 };
const listeners = [];

async function tell(code, at = state.at) {
  state = { code, at, waiting: await kept.count("positions") };
  listeners.forEach((fn) => fn(state));
}

function reading({ coords, timestamp }) {
  const finite = (value) => (Number.isFinite(value) ? value : null);
  return {
    lon: coords.longitude, lat: coords.latitude, accuracy_m: finite(coords.accuracy),
    speed_kph: coords.speed === null ? null : finite(coords.speed * 3.6), heading_deg: finite(coords.heading),
    recorded_at: new Date(Math.min(timestamp || nowMs(), nowMs())).toISOString(), battery_percent: batteryPercent(),
  };
}

/** Where the phone was a moment ago, or null. */
export const lastReading = () => (last && nowMs() - Date.parse(last.recorded_at) < FRESH_MS ? last : null);

let sending = false;
async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (let found = await kept.first("positions", BATCH); found.length; found = await kept.first("positions", BATCH)) {
      const mine = found.filter((one) => one.user === user);
      // Where somebody else's unit was says nothing about ours.
      if (mine.length) await api.post("/positions/batch", { items: mine.map((one) => one.reading) });
      await kept.remove("positions", found.map((one) => one.id));
      if (mine.length) await tell("sent", mine.at(-1).reading.recorded_at);
    }
  } catch (problem) {
    if (problem.name !== "Problem") throw problem;
    const refused = !isForLater(problem);
    // Refused points would block those behind them for ever; what met a dead link waits.
    if (refused) await kept.remove("positions", (await kept.first("positions", BATCH)).map((one) => one.id));
    await tell(refused ? "refused" : "waiting");
  } finally {
    sending = false;
  }
}

async function take(position) {
  last = reading(position);
  if (Date.now() - lastTaken_ms < (batteryIsLow() ? EVERY_LOW_MS : EVERY_MS)) return;
  lastTaken_ms = Date.now();
  await kept.add("positions", { user, reading: last });
  const over = (await kept.count("positions")) - KEEP;
  if (over > 0) await kept.remove("positions", (await kept.first("positions", over)).map((one) => one.id));
  await flush();
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
setInterval(async () => { if (await kept.count("positions")) flush(); }, 10000);
addEventListener("online", flush);
