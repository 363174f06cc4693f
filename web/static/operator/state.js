/** What the operator console knows: calls, incidents and units, read again whenever the record says so. */
import { api } from "../shared/api.js";
import { debounce } from "../shared/dom.js";
import { hearEtas } from "../shared/eta.js";
import { live } from "../shared/live.js";
import { cityDay, clock, nowMs } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { unitAsPosition } from "../map/units.js";

const SEEN_FOR_GOOD = new Set(["closed", "cancelled", "duplicate", "out_of_area"]);

export const state = { reference: null, me: null, calls: [], today: [], incidents: [], units: new Map() };

const listeners = { calls: [], incidents: [], units: [], today: [], event: [] };
/** watch("calls", fn): called after each change of that part; "event" hands on every event. */
export const watch = (part, fn) => listeners[part].push(fn);
const tell = (part, thing) => listeners[part].forEach((fn) => fn(thing));

async function reading(fn) {
  try {
    await fn();
  } catch (problem) {
    toastProblem(problem);
  }
}

export const refreshCalls = debounce(() => reading(async () => {
  state.calls = (await api.get("/calls", { state: "open" })).items;
  tell("calls");
}), 60);

export const refreshIncidents = debounce(() => reading(async () => {
  state.incidents = (await api.get("/incidents", { status: "open" })).items.filter((i) => !SEEN_FOR_GOOD.has(i.status));
  tell("incidents");
}), 120);

const refreshUnits = debounce(() => reading(async () => {
  const { items } = await api.get("/units");
  state.units = new Map(items.map((unit) => [unit.id, unit]));
  hearEtas(items.map((unit) => ({ unit_id: unit.id, eta: unit.eta })));
  tell("units");
}), 800);

/** Midnight in the city, as an ISO time: today's counts begin there. */
function cityMidnight() {
  const [h, m, s] = clock(new Date(nowMs()).toISOString(), { seconds: true }).split(":").map(Number);
  return new Date(Math.floor(nowMs() / 1000) * 1000 - (h * 3600 + m * 60 + s) * 1000).toISOString();
}
const refreshToday = debounce(() => reading(async () => {
  state.today = (await api.get("/calls", { state: "all", from: cityMidnight(), limit: 1000 })).items;
  tell("today");
}), 1500);

export function refreshAll() {
  refreshCalls();
  refreshIncidents();
  refreshUnits();
  refreshToday();
}

export const unitPositions = () => [...state.units.values()].map(unitAsPosition).filter(Boolean);
export const agencyName = (code) => state.reference?.agencies?.find((a) => a.code === code)?.short_name ?? code ?? "";
export const callSign = (id) => state.units.get(id)?.call_sign ?? `#${id}`;
export const findKind = (code) => state.reference?.kinds?.find((k) => k.code === code) ?? null;
export const isMine = (call) => call.operator === state.me.display_name || call.operator === state.me.username;
export const answerTarget = () => state.reference?.answer_target_s ?? 15;

/** Follow the record from now on. */
export function follow() {
  live.on("call.", () => { refreshCalls(); refreshToday(); });
  live.on("incident.", refreshIncidents);
  live.on("referral.", refreshIncidents);
  live.on("assignment.", () => { refreshIncidents(); refreshUnits(); });
  live.on("unit.", refreshUnits);
  live.on("", (event) => tell("event", event));
  live.onPositions((items) => {
    hearEtas(items);
    for (const position of items) {
      const unit = state.units.get(position.unit_id);
      if (unit) Object.assign(unit, { position, duty: position.duty ?? unit.duty, assignment_status: position.assignment_status });
    }
    tell("units", items);
  });
  live.onResume(refreshAll);
  let day = cityDay();
  setInterval(() => {
    if (cityDay() === day) return;
    day = cityDay();
    refreshToday();
  }, 30000);
  refreshAll();
}
