/** Users: make one, change what they may do, give another password, end and restore access. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { act, inUse, list, name, options } from "./lists.js";
import { showSecret } from "./secret.js";
import { ROLES, roleName } from "./words.js";

export async function show(box) {
  const [agencies, units] = await Promise.all([api.get("/agencies"), api.get("/units")]);
  const agencyOptions = options(agencies.items.filter((row) => row.active), "code", (row) => row.short_name, t("None"));
  const unitOptions = options(units.items, "id", (row) => row.call_sign, t("None"));

  const fields = (user = {}) => [
    { name: "display_name", label: t("Name on the screen"), required: true, value: user.display_name ?? "" },
    { name: "role", label: t("Role"), type: "select", options: ROLES, value: user.role ?? "operator" },
    { name: "agency_code", label: t("Agency"), type: "select", options: agencyOptions, value: user.agency_code ?? "", hint: t("A dispatcher needs one.") },
    { name: "unit_id", label: t("Unit"), type: "select", options: unitOptions, value: user.unit_id ?? "", hint: t("A field crew needs one.") },
    { name: "locale", label: t("Language"), type: "select", options: [["id", "Bahasa Indonesia"], ["en", "English"]], value: user.locale ?? "id" },
  ];
  const body = (data) => ({ ...data, unit_id: data.unit_id ? Number(data.unit_id) : null });
  const tell = (username, secret) => showSecret({
    title: t("Password of {name}", { name: username }), text: t("It is shown only now. Hand it over in person."),
    lines: [[t("User name"), username], [t("Password"), secret]] });

  async function add() {
    let username = "";
    const made = await ask({ title: t("New user"), icon: "person", confirm: t("Make"), submit: (data) => { username = data.username; return api.post("/users", body(data)); },
      fields: [{ name: "username", label: t("User name"), required: true, hint: t("Small letters, digits, dots; at least 3.") }, ...fields()] });
    if (!made) return;
    await tell(username, made.secret);
    await reload();
  }
  async function edit(user) {
    const done = await ask({ title: user.username, icon: "edit", confirm: t("Save"), fields: fields(user), submit: (data) => api.patch(`/users/${user.id}`, body(data)) });
    if (done) await reload();
  }
  async function password(user) {
    const made = await ask({ title: t("New password for {name}?", { name: user.username }), icon: "lock", confirm: t("Make"),
      text: t("Whoever is signed in with the old one is signed out."), submit: () => api.post(`/users/${user.id}/password`) });
    if (made) await tell(user.username, made.secret);
  }
  const activate = (user) => act(() => api.patch(`/users/${user.id}`, { active: !user.active }),
    user.active ? t("{name} can no longer sign in.", { name: user.username }) : t("{name} can sign in again.", { name: user.username }), reload);

  const reload = await list(box, {
    title: t("Users"), add: { label: t("New user"), run: add },
    load: async () => (await api.get("/users")).items, off: (row) => !row.active,
    matches: (row) => [row.username, row.display_name, roleName(row.role), row.agency_name, row.unit_call_sign].join(" "),
    columns: [
      [t("Name"), (row) => name("person", row.display_name, row.username)],
      [t("Role"), (row) => roleName(row.role)],
      [t("Agency"), (row) => row.agency_name ?? ""],
      [t("Unit"), (row) => row.unit_call_sign ?? ""],
      [t("Access"), (row) => inUse(row.active)],
      ["", (row) => el("div", { class: "actions" },
        button(t("Edit"), () => edit(row), { icon: "edit", tone: "quiet" }),
        button(t("Password"), () => password(row), { icon: "lock", tone: "quiet" }),
        button(row.active ? t("Deactivate") : t("Restore"), () => activate(row), { icon: "power", tone: "quiet" }))],
    ],
  });
}
