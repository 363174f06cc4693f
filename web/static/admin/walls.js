/** Wall displays: pair one by the code on its screen, see when each was seen last, revoke one. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clockOrDate } from "../shared/time.js";
import { inUse, list, name } from "./lists.js";

export async function show(box) {
  async function add() {
    const made = await ask({ title: t("Pair a wall display"), icon: "contrast", confirm: t("Pair"), submit: (data) => api.post("/walls", data),
      text: t("Open {address} on the display. It shows a code of six signs.", { address: `${location.origin}/wall` }),
      fields: [
        { name: "code", label: t("Code on the display"), required: true },
        { name: "name", label: t("What the display is called"), required: true, hint: t("Where it hangs: control room, left.") },
      ] });
    if (made) await reload();
  }
  async function revoke(row) {
    const done = await ask({ title: t("Revoke the display “{name}”?", { name: row.name }), text: t("It shows nothing any more, but a code to pair it by."),
      icon: "lock", danger: true, confirm: t("Revoke"), submit: async () => { await api.del(`/walls/${row.id}`); return true; } });
    if (done) await reload();
  }
  const reload = await list(box, {
    title: t("Wall displays"), add: { label: t("Pair a wall display"), run: add },
    note: t("For the big screen in the control room. It signs nobody in, never times out, and shows no caller and no names."),
    load: async () => (await api.get("/walls")).items, off: (row) => row.revoked_at,
    columns: [
      [t("Display"), (row) => name("contrast", row.name)],
      [t("Paired"), (row) => `${clockOrDate(row.paired_at)}${row.paired_by ? `, ${row.paired_by}` : ""}`],
      [t("Last seen"), (row) => (row.last_seen_at ? clockOrDate(row.last_seen_at) : t("never"))],
      [t("State"), (row) => inUse(!row.revoked_at)],
      ["", (row) => el("div", { class: "actions" }, !row.revoked_at && button(t("Revoke"), () => revoke(row), { icon: "cross", tone: "quiet" }))],
    ],
  });
  return { refresh: { prefix: "wall.", fn: reload } };
}
