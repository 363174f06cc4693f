/** Times as the city's clock shows them, and ages that keep counting. The server's clock is the judge. */
import { locale, t } from "./i18n.js";

export const timezone = document.body.dataset.timezone || undefined;
let offset_ms = 0;

/** The server said what time it is: from now on ages are counted by its clock, not by this computer's. */
export function syncClock(serverIso) {
  const server_ms = Date.parse(serverIso);
  if (Number.isFinite(server_ms)) offset_ms = server_ms - Date.now();
}
/** A moment, and the milliseconds since: of two clocks one stops in sleep and the other can be set. */
export const moment = () => ({ wall: Date.now(), steady: performance.now() });
export const msSince = (then) => Math.max(Date.now() - then.wall, performance.now() - then.steady);
export const nowMs = () => Date.now() + offset_ms;

const formats = {};
function format(name, options) {
  formats[name] ??= new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hourCycle: "h23", ...options });
  return formats[name];
}
const HM = { hour: "2-digit", minute: "2-digit" };

/** "14:05", or "14:05:09" with {seconds: true}. */
export function clock(iso, { seconds = false } = {}) {
  if (!iso) return "–";
  const when = new Date(iso);
  return seconds ? format("hms", { ...HM, second: "2-digit" }).format(when) : format("hm", HM).format(when);
}

/** "Mon 23 Nov 2026" in the page's language. */
export function date(iso) {
  const when = typeof iso === "number" ? new Date(iso) : new Date(iso ?? nowMs());
  formats.date ??= new Intl.DateTimeFormat(locale, {
    timeZone: timezone, weekday: "short", day: "numeric", month: "short", year: "numeric" });
  return formats.date.format(when);
}

/** "14:05" today, "22 Nov 14:05" on any other day. */
export function clockOrDate(iso) {
  if (!iso) return "–";
  formats.day ??= new Intl.DateTimeFormat(locale, { timeZone: timezone, day: "numeric", month: "short" });
  const day = formats.day.format(new Date(iso));
  return day === formats.day.format(new Date(nowMs())) ? clock(iso) : `${day} ${clock(iso)}`;
}

/** The calendar day in the city's timezone, as YYYY-MM-DD. */
export function cityDay(ms = nowMs()) {
  formats.iso ??= new Intl.DateTimeFormat("en-CA", { timeZone: timezone, year: "numeric", month: "2-digit", day: "2-digit" });
  return formats.iso.format(new Date(ms));
}

export const ageSeconds = (iso) => Math.max(0, (nowMs() - Date.parse(iso)) / 1000);

/** "45 s", "4 min 05 s", "2 h 10 min", "3 d". */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return "–";
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return t("{s} s", { s });
  if (s < 3600) return t("{m} min {s} s", { m: Math.floor(s / 60), s: String(s % 60).padStart(2, "0") });
  if (s < 86400) return t("{h} h {m} min", { h: Math.floor(s / 3600), m: String(Math.floor((s % 3600) / 60)).padStart(2, "0") });
  return t("{d} d", { d: Math.floor(s / 86400) });
}

/** The city's offset from UTC on a day, as "+07:00". */
function offset(day) {
  const parts = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" })
    .formatToParts(new Date(`${day}T12:00:00Z`));
  return parts.find((part) => part.type === "timeZoneName").value.replace("GMT", "") || "+00:00";
}

/** When the city's day begins, with its offset, as the API reads it. */
export const midnight = (day) => `${day}T00:00:00${offset(day)}`;

/** A short age: "12 s", "4 min", "2 h 10 min". */
export function ago(iso) {
  if (!iso) return "–";
  const s = ageSeconds(iso);
  if (s >= 60 && s < 3600) return t("{m} min", { m: Math.floor(s / 60) });
  return duration(s);
}

const everySecond = new Set();
/** Call fn each second while the page lives; answers a function that stops it. */
export function onSecond(fn) {
  everySecond.add(fn);
  return () => everySecond.delete(fn);
}

function tick() {
  for (const node of document.querySelectorAll("[data-ago]")) {
    const text = ago(node.dataset.ago);
    if (node.textContent !== text) node.textContent = text;
  }
  for (const fn of everySecond) fn();
}
setInterval(tick, 1000);
