/** What the phone itself remembers, so that neither a killed page nor a missing signal loses anything. */
import { openDB } from "/vendor/idb/build/index.js";

const opened = openDB("gis-dispatch-field", 1, {
  upgrade(made) {
    made.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
    made.createObjectStore("positions", { keyPath: "id", autoIncrement: true });
    made.createObjectStore("pictures");
  },
  /** A newer page wants another shape: whoever is open still must not stand in its way. */
  blocking: (_now, _wanted, { target }) => target.close(),
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

/** Random also where the page has no secure address. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
