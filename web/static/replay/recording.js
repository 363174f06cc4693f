/** A span of the record: the picture at its start and every change, so that any moment is found without asking. */
import { api } from "../shared/api.js";
import { asParameters } from "./address.js";

const key = (row) => `${row.thing}:${row.id}`;

/** loadRecording(chosen, onPart(share)) → a recording; long spans come in several parts. */
export async function loadRecording(chosen, onPart = () => {}) {
  const first = await api.get("/replay", asParameters(chosen));
  let { more } = first;
  const events = [...first.events];
  const span = { from: first.from, to: first.to, incident_id: first.incident?.id ?? null };
  while (more) {
    onPart(events.length);
    const next = await api.get("/replay", { ...span, after: events.at(-1).id });
    events.push(...next.events);
    ({ more } = next);
  }
  return recordingOf(first, events);
}

function recordingOf(first, told) {
  let known_ms = 0;
  // In the order in which they were entered; two clocks of one room never make the order run backwards.
  const events = told.map((event) => {
    known_ms = Math.max(known_ms, Date.parse(event.entered_at));
    return { ...event, occurred_ms: Date.parse(event.occurred_at), known_ms };
  });
  const from_ms = Date.parse(first.from);
  const to_ms = Date.parse(first.to);
  const inside = events.filter((event) => event.known_ms <= to_ms);
  const start = new Map(first.start.map((row) => [key(row), row]));
  let cursor = { count: 0, picture: new Map(start) };

  /** How many events were known at a moment. */
  function knownCount(ms) {
    let [low, high] = [0, inside.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inside[middle].known_ms <= ms) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    from_ms, to_ms, events, inside,
    incident: first.incident,
    closures: first.closures.features,
    positions: new Map(first.positions.map((one) => [one.unit_id, one])),
    tracks: first.tracks,
    knownCount,
    /** The picture at a moment, and how many events made it; forwards only the new ones are applied. */
    at(ms) {
      const count = knownCount(ms);
      if (count < cursor.count) cursor = { count: 0, picture: new Map(start) };
      for (const event of inside.slice(cursor.count, count)) if (event.change) cursor.picture.set(key(event.change), event.change);
      cursor.count = count;
      return cursor;
    },
    /** What had happened by a moment of which the room heard only later. */
    unknownAt: (ms) => events.filter((event) => event.occurred_ms <= ms && event.known_ms > ms && event.late_s !== null),
  };
}

const OVER = new Set(["closed", "cancelled", "duplicate", "out_of_area"]);
const DONE = new Set(["cleared", "cancelled"]);

/** A picture sorted into what the screen shows: calls and incidents in hand, units with what they are bound by. */
export function sorted(picture, closures, ms) {
  const of = { call: [], incident: [], referral: [], assignment: [], unit: [], closure: [], move: [], promise: [] };
  for (const row of picture.values()) of[row.thing].push(row);
  const bound = new Map(of.assignment.filter((row) => !DONE.has(row.status)).map((row) => [row.unit_id, row]));
  const lifted = new Map(of.closure.map((row) => [row.id, row.lifted_at]));
  return {
    calls: of.call.filter((call) => !call.disposition).sort((a, b) => a.received_at.localeCompare(b.received_at)),
    incidents: of.incident.filter((row) => !OVER.has(row.status)).sort((a, b) => a.priority - b.priority || a.id - b.id),
    referrals: of.referral,
    moves: of.move.filter((move) => move.status === "ordered"),
    promises: of.promise.filter((one) => !one.ended_at).sort((a, b) => a.due_at.localeCompare(b.due_at)),
    units: of.unit.filter((unit) => unit.active).map((unit) => ({ ...unit, assignment: bound.get(unit.id) ?? null }))
      .sort((a, b) => Number(!a.assignment) - Number(!b.assignment) || a.call_sign.localeCompare(b.call_sign)),
    closures: closures.filter((shape) => lifted.get(shape.id) === null && Date.parse(shape.properties.starts_at) <= ms
      && (!shape.properties.ends_at || Date.parse(shape.properties.ends_at) > ms)),
  };
}
