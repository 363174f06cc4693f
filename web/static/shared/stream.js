/**
 * One event stream to the server that is never given up: it is opened again after every break, also
 * when a break makes no sound (a laptop that slept, a proxy that stalls), and reads on where it stopped.
 */
import { moment, msSince } from "./time.js";

// The server says something at least every five seconds.
const DEAD_AFTER_MS = 12000;
const LOOK_EVERY_MS = 1000;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];

/** Names once and then the values of each unit, as objects. */
const positionsOf = ({ fields, rows }) => rows.map((row) => Object.fromEntries(fields.map((name, i) => [name, row[i]])));

/**
 * holdStream(after, say) → {close()}. `after()` is the id of the last event that was delivered, or null.
 * say({what}): "open", "broken", "event" {event, id}, "positions" {items}, "beat" {beat}, "behind" {left}.
 */
export function holdStream(after, say) {
  let source = null;
  let heard = moment();
  let failures = 0;
  let waiting = 0;
  let ended = false;

  const hears = (fn) => ({ data, lastEventId }) => {
    heard = moment();
    fn(JSON.parse(data), lastEventId);
  };

  function connect() {
    clearTimeout(waiting);
    source?.close();
    if (ended) return;
    heard = moment();
    const id = after();
    source = new EventSource(id === null ? "/api/v1/events" : `/api/v1/events?after=${encodeURIComponent(id)}`);
    source.onopen = () => say({ what: "open" });
    source.onerror = broken;
    source.addEventListener("event", hears((event, id) => say({ what: "event", event, id: Number(id) })));
    source.addEventListener("positions", hears((table) => say({ what: "positions", items: positionsOf(table) })));
    source.addEventListener("behind", hears(({ left }) => say({ what: "behind", left })));
    source.addEventListener("beat", hears((beat) => {
      failures = 0;
      say({ what: "beat", beat });
    }));
    // The server is going down on purpose and will be back soon.
    source.addEventListener("bye", broken);
  }

  // Not left to the browser, which would ask at once with everybody else, and not at all after a refusal.
  function broken() {
    source.close();
    say({ what: "broken" });
    const wait_ms = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] * (0.75 + Math.random() / 2);
    failures += 1;
    clearTimeout(waiting);
    waiting = setTimeout(connect, wait_ms);
  }

  function now() {
    if (ended || source.readyState === EventSource.OPEN) return;
    failures = 0;
    connect();
  }

  const look = setInterval(() => {
    if (source.readyState === EventSource.CLOSED || msSince(heard) < DEAD_AFTER_MS) return;
    say({ what: "broken" });
    connect();
  }, LOOK_EVERY_MS);
  addEventListener("online", now);
  connect();
  return {
    close() {
      ended = true;
      clearInterval(look);
      clearTimeout(waiting);
      removeEventListener("online", now);
      source.close();
    },
  };
}
