/** What is replayed, as the address says it: a link opened elsewhere shows the same moment of the same span. */
import { nowMs } from "../shared/time.js";

export const SPEEDS = [1, 10, 60];
const HOUR_MS = 3_600_000;

const iso = (ms) => new Date(ms).toISOString();
const moment = (text) => (text && Number.isFinite(Date.parse(text)) ? Date.parse(text) : null);

/** {from_ms, to_ms, at_ms, incident, speed}: what is missing is null; without anything, the last hour. */
export function readAddress(search = location.search) {
  const given = new URLSearchParams(search);
  const incident = Number(given.get("incident")) || null;
  const speed = SPEEDS.find((one) => String(one) === given.get("speed")) ?? SPEEDS[1];
  const read = { from_ms: moment(given.get("from")), to_ms: moment(given.get("to")), at_ms: moment(given.get("at")), incident, speed };
  if (!incident && (read.from_ms === null || read.to_ms === null)) {
    // This minute belongs to it: the server ends the span now, whatever it is asked for.
    const end = Math.ceil(nowMs() / 60_000) * 60_000;
    return { ...read, from_ms: end - HOUR_MS, to_ms: end };
  }
  return read;
}

/** The span as the API asks for it. */
export const asParameters = ({ from_ms, to_ms, incident, number = null }) => ({
  from: from_ms === null ? null : iso(from_ms), to: to_ms === null ? null : iso(to_ms), incident_id: incident, number,
});

export function writeAddress({ from_ms, to_ms, at_ms, incident, speed }) {
  const told = { incident, from: iso(from_ms), to: iso(to_ms), at: iso(Math.floor(at_ms)), speed };
  history.replaceState(null, "", `?${new URLSearchParams(Object.entries(told).filter(([, value]) => value))}`);
}
