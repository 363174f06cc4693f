/** What the server said last, kept to show and to go on from while nothing can be asked. */
import { kept } from "./store.js";

/** Which part of the job the answer to a report is. */
const ANSWERS = { step: "assignment", undo: "assignment", decline: "assignment", backup: "assignment", photo: "scene", counts: "scene", chat: "chat" };

/** The server took a report and said how things are now. */
export function learn(seen, { kind, of }, answer) {
  if (kind === "duty") seen.unit = answer;
  else if (kind in ANSWERS && seen.job?.assignment.id === of) seen.job[ANSWERS[kind]] = answer;
}

/** The job. */
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

/** The step that was taken last from this phone: it can be taken back for a minute. */
export const lastStep = {
  async note({ kind, user, of, made_ms, pressed_at, body }) {
    if (kind === "step") await kept.put("pictures", { user, of, made_ms, pressed_at, body: { step: body.step } }, "last");
    if (kind === "undo") await kept.remove("pictures", ["last"]);
  },
  async load(user) {
    const found = await kept.get("pictures", "last");
    return found?.user === user ? found : null;
  },
};

/** At signing out: nothing about people stays readable; what was pressed and not yet sent stays for its owner. */
export async function forget() {
  await kept.remove("pictures", ["job"]);
  for (const name of ["field-page", "field-answers"]) await globalThis.caches?.delete(name);
}
