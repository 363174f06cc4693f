/** Phones that report where a unit is: make an identifier, show what to type in, revoke it. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clockOrDate } from "../shared/time.js";
import { inUse, list, name, options } from "./lists.js";
import { showSecret } from "./secret.js";

export async function show(box) {
  const units = await api.get("/units");
  async function add() {
    let unit = null;
    const made = await ask({ title: t("New phone"), icon: "phone", confirm: t("Make"),
      submit: (data) => {
        unit = units.items.find((one) => one.id === Number(data.unit_id));
        return api.post("/devices", { label: data.label, unit_id: Number(data.unit_id) });
      },
      fields: [
        { name: "unit_id", label: t("Unit"), type: "select", options: options(units.items, "id", (row) => row.call_sign) },
        { name: "label", label: t("Which phone"), required: true, hint: t("For example: phone of the crew leader") },
      ] });
    if (!made) return;
    await showSecret({
      title: t("Phone of {unit}", { unit: unit?.call_sign ?? "" }), text: t("Type this into the Traccar Client app. It is shown only now."),
      lines: [[t("Server URL"), made.server_url], [t("Device identifier"), made.device_identifier]],
      after: el("dl", { class: "facts" },
        el("dt", {}, t("Location accuracy")), el("dd", {}, t("High")),
        el("dt", {}, t("Frequency")), el("dd", {}, t("10 seconds")),
        el("dt", {}, t("Distance")), el("dd", {}, t("0 metres")),
        el("dt", {}, t("Offline buffering")), el("dd", {}, t("On"))),
    });
    await reload();
  }
  async function revoke(row) {
    const done = await ask({ title: t("Revoke the phone “{name}”?", { name: row.label }), text: t("Its positions are refused at once."),
      icon: "phone-off", danger: true, confirm: t("Revoke"), submit: async () => { await api.del(`/devices/${row.id}`); return true; } });
    if (done) await reload();
  }
  const reload = await list(box, {
    title: t("Phones"), add: { label: t("New phone"), run: add },
    note: t("A phone with the Traccar Client app sends where its unit is, also while the screen is off. The field page does it too, while it is open."),
    load: async () => (await api.get("/devices")).items, off: (row) => row.revoked_at,
    matches: (row) => `${row.label} ${row.unit_call_sign}`,
    columns: [
      [t("Phone"), (row) => name("phone", row.label)],
      [t("Unit"), (row) => row.unit_call_sign],
      [t("Last heard"), (row) => (row.last_seen_at ? clockOrDate(row.last_seen_at) : t("never"))],
      [t("State"), (row) => inUse(!row.revoked_at)],
      ["", (row) => el("div", { class: "actions" }, !row.revoked_at && button(t("Revoke"), () => revoke(row), { icon: "cross", tone: "quiet" }))],
    ],
  });
}
