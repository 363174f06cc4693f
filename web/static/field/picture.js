/** The last picture of the job that the server gave a person, to show while nothing can be asked. */
import { kept } from "./store.js";

/** Which part of the job the answer to a report is. */
const ANSWERS = { step: "assignment", undo: "assignment", decline: "assignment", backup: "assignment", photo: "scene", counts: "scene", chat: "chat" };

/** The server took a report and said how things are now. */
export function learn(seen, { kind, of }, answer) {
  if (kind === "duty") seen.unit = answer;
  else if (kind in ANSWERS && seen.job?.assignment.id === of) seen.job[ANSWERS[kind]] = answer;
}

export const picture = {
  save: (user, value) => kept.put("pictures", { ...value, user, saved_at: new Date().toISOString() }, "job"),
  async load(user) {
    const found = await kept.get("pictures", "job");
    return found?.user === user ? found : null;
  },
  /** While no page is open; the rest of it is as old as it was. */
  async note(entry, answer) {
    const found = await picture.load(entry.user);
    if (!found) return;
    learn(found, entry, answer);
    await kept.put("pictures", found, "job");
  },
};

/** At signing out: nothing about people stays readable; what was pressed and not yet sent stays for its owner. */
export async function forget() {
  await kept.remove("pictures", ["job"]);
  for (const name of ["field-page", "field-answers"]) await globalThis.caches?.delete(name);
}
