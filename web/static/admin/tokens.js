/** API tokens of programs: make one (its secret is shown once), revoke one. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clockOrDate } from "../shared/time.js";
import { inUse, list, name, options } from "./lists.js";
import { showSecret } from "./secret.js";
import { roleName, TOKEN_ROLES } from "./words.js";

export async function show(box) {
  const agencies = await api.get("/agencies");
  async function add() {
    const made = await ask({ title: t("New API token"), icon: "lock", confirm: t("Make"), submit: (data) => api.post("/tokens", data), fields: [
      { name: "label", label: t("What it is for"), required: true },
      { name: "role", label: t("Role"), type: "select", options: TOKEN_ROLES, value: "telephony" },
      { name: "agency_code", label: t("Agency"), type: "select", options: options(agencies.items, "code", (row) => row.short_name, t("None")), hint: t("A dispatcher needs one.") },
    ] });
    if (!made) return;
    await showSecret({ title: t("New API token"), text: t("It is shown only now, and only its fingerprint is kept."),
      lines: [["Authorization", `Bearer ${made.secret}`]],
      after: el("p", { class: "muted" }, t("What programs can do is described at {address}.", { address: "/api/v1/openapi.json" })) });
    await reload();
  }
  async function revoke(row) {
    const done = await ask({ title: t("Revoke the token “{name}”?", { name: row.label }), text: t("Programs that use it are refused at once."),
      icon: "lock", danger: true, confirm: t("Revoke"), submit: async () => { await api.del(`/tokens/${row.id}`); return true; } });
    if (done) await reload();
  }
  const reload = await list(box, {
    title: t("API tokens"), add: { label: t("New API token"), run: add },
    note: t("For programs: the telephone system, the data centre, other dashboards. Each token has one role."),
    load: async () => (await api.get("/tokens")).items, off: (row) => row.revoked_at,
    columns: [
      [t("What it is for"), (row) => name("lock", row.label)],
      [t("Role"), (row) => roleName(row.role)],
      [t("Agency"), (row) => row.agency_code ?? ""],
      [t("Last used"), (row) => (row.last_used_at ? clockOrDate(row.last_used_at) : t("never"))],
      [t("State"), (row) => inUse(!row.revoked_at)],
      ["", (row) => el("div", { class: "actions" }, !row.revoked_at && button(t("Revoke"), () => revoke(row), { icon: "cross", tone: "quiet" }))],
    ],
  });
}
