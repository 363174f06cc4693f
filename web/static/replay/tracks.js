/** Where units were: points with both their clocks, asked for in slices, the one that is looked at first. */
import { api } from "../shared/api.js";

const GLIDE_OVER_MS = 60_000;
const LATE_AFTER_S = 60;
const iso = (ms) => new Date(ms).toISOString();

/** trackBook(recording) → {load(at_ms), placeAt(unitId, ms), trail(unitId, ms, length_ms), onLoad(fn)} */
export function trackBook(recording) {
  const { from_ms, to_ms, positions, tracks } = recording;
  const slice_ms = tracks.slice_s * 1000;
  const count = Math.max(1, Math.ceil((to_ms - from_ms) / slice_ms));
  const slices = new Map();
  const listeners = [];
  const indexOf = (ms) => Math.min(count - 1, Math.max(0, Math.floor((ms - from_ms) / slice_ms)));
  let wanted = 0;
  let stopped = false;

  async function loadOne(index) {
    const part_from = from_ms + index * slice_ms;
    slices.set(index, null);
    try {
      const answer = await api.get("/replay/tracks", {
        from: iso(from_ms), to: iso(to_ms), part_from: iso(part_from), part_to: iso(Math.min(to_ms, part_from + slice_ms)) });
      slices.set(index, new Map(answer.items.map((track) => [track.unit_id, pointsOf(track, part_from)])));
    } catch (problem) {
      slices.delete(index);
      throw problem;
    }
    listeners.forEach((fn) => fn([...slices.values()].filter(Boolean).length / count));
  }

  function pointsOf(track, part_from) {
    return track.recorded_ms.map((ms, i) => ({
      ms: part_from + ms, known_ms: part_from + ms + track.delay_s[i] * 1000, lon: track.lon[i], lat: track.lat[i],
      late: track.delay_s[i] > LATE_AFTER_S, doubted: track.doubted[i] === 1 }));
  }

  /** Slices nearest to what is looked at come first; where that is may change meanwhile. */
  async function load() {
    while (!stopped && slices.size < count) {
      const missing = [...Array(count).keys()].filter((index) => !slices.has(index));
      missing.sort((a, b) => distance(a) - distance(b));
      await loadOne(missing[0]);
    }
  }
  // What comes next is sooner needed than what was before.
  const distance = (index) => (index >= wanted ? index - wanted : 1.5 * (wanted - index));

  function pointsBefore(unitId, ms, most_ms) {
    const found = [];
    for (let index = indexOf(ms); index >= 0 && from_ms + (index + 1) * slice_ms > ms - most_ms; index -= 1) {
      const points = slices.get(index)?.get(unitId) ?? [];
      found.unshift(...points.filter((point) => point.ms <= ms && point.ms > ms - most_ms));
    }
    return found;
  }

  function lastShown(unitId, ms) {
    for (let index = indexOf(ms); index >= 0; index -= 1) {
      const points = slices.get(index)?.get(unitId) ?? [];
      for (let i = points.length - 1; i >= 0; i -= 1) {
        const point = points[i];
        if (point.ms <= ms && point.known_ms <= ms && !point.doubted) return { point, next: nextOf(points, i) };
      }
      if (slices.get(index) === undefined || slices.get(index) === null) return null;
    }
    return null;
  }
  const nextOf = (points, i) => points.slice(i + 1).find((point) => !point.late && !point.doubted) ?? null;

  return {
    load,
    onLoad: (fn) => listeners.push(fn),
    lookAt(ms) { wanted = indexOf(ms); },
    loaded: (ms) => Boolean(slices.get(indexOf(ms))),
    stop() { stopped = true; },
    /** As it was known then; between two points near in time it glides from one to the next. */
    placeAt(unitId, ms) {
      const shown = lastShown(unitId, ms);
      if (!shown) {
        const before = positions.get(unitId);
        return before ? { lon: before.lon, lat: before.lat, recorded_ms: Date.parse(before.recorded_at), speed_kph: 0, heading_deg: null } : null;
      }
      const { point, next } = shown;
      const gap_ms = next ? next.ms - point.ms : Infinity;
      if (gap_ms > GLIDE_OVER_MS || gap_ms <= 0) return { lon: point.lon, lat: point.lat, recorded_ms: point.ms, speed_kph: 0, heading_deg: null };
      const part = Math.min(1, (ms - point.ms) / gap_ms);
      const east_m = (next.lon - point.lon) * 111_320 * Math.cos((point.lat * Math.PI) / 180);
      const north_m = (next.lat - point.lat) * 111_320;
      return {
        lon: point.lon + (next.lon - point.lon) * part, lat: point.lat + (next.lat - point.lat) * part, recorded_ms: point.ms,
        speed_kph: (Math.hypot(east_m, north_m) / (gap_ms / 1000)) * 3.6, heading_deg: ((Math.atan2(east_m, north_m) * 180) / Math.PI + 360) % 360,
      };
    },
    /** Points of the last while, oldest first: late and doubted ones among them, known then or not. */
    trail: (unitId, ms, length_ms) => pointsBefore(unitId, ms, length_ms),
  };
}
