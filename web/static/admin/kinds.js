/** Kinds of emergency and their sub-kinds: add one, change one, take one out of use. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { priorityBadge, priorityName } from "../shared/status.js";
import { act, inUse, list, name } from "./lists.js";

export async function show(box) {
  let kinds = [];
  const priorities = [1, 2, 3, 4].map((n) => [n, `P${n} · ${priorityName(n)}`]);
  const fields = (row = {}) => [
    { name: "name_id", label: t("Name in Indonesian"), required: true, value: row.name_id ?? "" },
    { name: "name_en", label: t("Name in English"), required: true, value: row.name_en ?? "" },
    { name: "default_priority", label: t("Usual priority"), type: "select", options: priorities, value: row.default_priority ?? 3 },
  ];
  const body = (data) => ({ ...data, default_priority: Number(data.default_priority) });
  async function add() {
    const parents = kinds.filter((one) => !one.parent_code).map((one) => [one.code, localName(one)]);
    const done = await ask({ title: t("New kind"), icon: "plus", confirm: t("Add"), submit: (data) => api.post("/kinds", body(data)), fields: [
      { name: "parent_code", label: t("Sub-kind of"), type: "select", options: [["", t("None: a kind of its own")], ...parents] },
      { name: "code", label: t("Code"), required: true, hint: t("Small letters and digits; it stays for good.") },
      ...fields(),
    ] });
    if (done) await reload();
  }
  async function edit(row) {
    const done = await ask({ title: localName(row), icon: "edit", confirm: t("Save"), fields: fields(row), submit: (data) => api.patch(`/kinds/${row.code}`, body(data)) });
    if (done) await reload();
  }
  const toggle = (row) => act(() => api.patch(`/kinds/${row.code}`, { active: !row.active }), null, reload);
  const reload = await list(box, {
    title: t("Kinds of emergency"), add: { label: t("New kind"), run: add },
    note: t("A kind out of use is no longer offered to operators; cases that have it keep it."),
    load: async () => { kinds = (await api.get("/kinds")).items; return kinds; }, off: (row) => !row.active,
    matches: (row) => `${row.code} ${row.name_id} ${row.name_en}`,
    columns: [
      [t("Kind"), (row) => name(row.icon, localName(row), row.code, { sub: Boolean(row.parent_code) })],
      [t("Usual priority"), (row) => priorityBadge(row.default_priority)],
      [t("Emergency"), (row) => (row.emergency ? t("Yes") : t("No"))],
      [t("State"), (row) => inUse(row.active)],
      ["", (row) => el("div", { class: "actions" },
        button(t("Edit"), () => edit(row), { icon: "edit", tone: "quiet" }),
        button(row.active ? t("Deactivate") : t("Restore"), () => toggle(row), { icon: "power", tone: "quiet" }))],
    ],
  });
}
