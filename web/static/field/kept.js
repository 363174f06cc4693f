/** What the phone itself remembers, so that neither a killed page nor a missing signal loses anything. */
import { openDB } from "/vendor/idb/build/index.js";

export const user = document.body.dataset.user;

const opened = openDB("gis-dispatch-field", 1, {
  upgrade(made) {
    made.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
    made.createObjectStore("positions", { keyPath: "id", autoIncrement: true });
    made.createObjectStore("pictures");
  },
});

export const kept = {
  all: async (store) => (await opened).getAll(store),
  first: async (store, many) => (await opened).getAll(store, null, many),
  count: async (store) => (await opened).count(store),
  get: async (store, id) => (await opened).get(store, id),
  add: async (store, value) => (await opened).add(store, value),
  put: async (store, value, id) => (await opened).put(store, value, id),
  async remove(store, ids) {
    const tx = (await opened).transaction(store, "readwrite");
    await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
  },
};

/** The last picture of the job that the server gave this person, to show while nothing can be asked. */
export const picture = {
  save: (value) => kept.put("pictures", { ...value, user, saved_at: new Date().toISOString() }, "job"),
  async load() {
    const found = await kept.get("pictures", "job");
    return found?.user === user ? found : null;
  },
};

/** At signing out: nothing about people stays readable; what was pressed and not yet sent stays for its owner. */
export async function forget() {
  await kept.remove("pictures", ["job"]);
  for (const name of ["field-page", "field-answers"]) await globalThis.caches?.delete(name);
}

/** Random also where the page has no secure address. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
