/** How what was pressed goes to the server, from a page or from the service worker. */
import { kept } from "./store.js";

/** Held by whoever sends: one page of this phone or its service worker at a time. */
export const LOCK = "field-outbox";
/** What the browser calls, once there is a signal, if no page is open any more. */
export const SIGNAL_IS_BACK = "field-outbox";
/** Where pages and the service worker tell each other that something waits ("changed") or was {taken: {entry, answer}}. */
export const changes = new BroadcastChannel("field-outbox");

export const isWaiting = (entry, user) => entry.user === user && !entry.refused;

/** No answer, a server that is down, busy, or that no longer knows us: nothing was decided. */
export const isForLater = ({ status }) => status === 0 || status >= 500 || [401, 408, 429].includes(status);

/**
 * Offer one entry to the server: gone when it was taken, kept with its refusal when it was refused. The problem
 * if nothing was decided. ask(method, path, body) → answer; taken(entry, answer) → promise.
 */
export async function offer(entry, ask, taken) {
  const { method, path, body, file } = entry;
  let answer;
  try {
    answer = await ask(method, path, file ? asForm(body, file) : body);
  } catch (problem) {
    if (problem.name !== "Problem") throw problem;
    if (isForLater(problem)) return problem;
    await kept.put("outbox", { ...entry, file: null, refused: { detail: problem.detail, code: problem.code } });
    changes.postMessage("changed");
    return null;
  }
  // What the server has now is noted before the entry goes: the signal may be gone again by then.
  await taken(entry, answer);
  await kept.remove("outbox", [entry.id]);
  changes.postMessage({ taken: { entry: { ...entry, file: null }, answer } });
  return null;
}

function asForm(body, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) if (value !== null) form.set(name, value);
  form.set("file", file, "photo.jpg");
  return form;
}
