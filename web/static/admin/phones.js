/** Phones that report where a unit is: make an identifier, show what to type in, revoke it. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el } from "../shared/dom.js";
import { qr } from "../shared/qr.js";
import { t } from "../shared/i18n.js";
import { clockOrDate } from "../shared/time.js";
import { inUse, list, name, options } from "./lists.js";
import { secretLines, showSecret } from "./secret.js";

/** What is typed into OwnTracks, or scanned. */
function owntracks({ owntracks: app }) {
  const lines = [[t("Address (URL)"), app.url], [t("User name"), app.username], [t("Password"), app.password],
    [t("Tracker ID"), app.tracker_id], [t("Encryption key"), app.encryption_key]].filter(([, value]) => value);
  return el("details", { class: "set-up" }, el("summary", {}, "OwnTracks"),
    el("p", {}, t("Scan this with the phone's camera, or open the link on the phone. Mode: HTTP.")),
    qr(app.link, { label: t("QR code that sets OwnTracks up") }),
    el("p", {}, el("a", { class: "button", href: app.link }, t("Open in OwnTracks")), " ",
      el("a", { class: "button", download: "112.otrc", href: `data:application/json;base64,${app.link.split("inline=")[1]}` }, t("Configuration file (.otrc)"))),
    secretLines(lines));
}

const osmand = (made) => el("details", { class: "set-up" }, el("summary", {}, "OsmAnd"),
  el("p", {}, t("Plug-in “Trip recording”, Online tracking, Web address:")), secretLines([[t("Web address"), made.osmand_url]]));

export async function show(box) {
  const units = await api.get("/units");
  async function add() {
    let unit = null;
    const made = await ask({ title: t("New phone"), icon: "phone", confirm: t("Make"),
      submit: (data) => {
        unit = units.items.find((one) => one.id === Number(data.unit_id));
        return api.post("/devices", { label: data.label, unit_id: Number(data.unit_id), encrypted: data.encrypted === "yes" });
      },
      fields: [
        { name: "unit_id", label: t("Unit"), type: "select", options: options(units.items, "id", (row) => row.call_sign) },
        { name: "label", label: t("Which phone"), required: true, hint: t("For example: phone of the crew leader") },
        { name: "encrypted", label: t("OwnTracks encrypts"), type: "select", options: [["no", t("No, https is enough")], ["yes", t("Yes, with a key of its own")]] },
      ] });
    if (!made) return;
    await showSecret({
      title: t("Phone of {unit}", { unit: unit?.call_sign ?? "" }), text: t("Type this into the Traccar Client app. It is shown only now."),
      lines: [[t("Server URL"), made.server_url], [t("Device identifier"), made.device_identifier]],
      after: [el("dl", { class: "facts" },
        el("dt", {}, t("Location accuracy")), el("dd", {}, t("High")),
        el("dt", {}, t("Frequency")), el("dd", {}, t("10 seconds")),
        el("dt", {}, t("Distance")), el("dd", {}, t("0 metres")),
        el("dt", {}, t("Offline buffering")), el("dd", {}, t("On"))), owntracks(made), osmand(made)],
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
    note: t("A phone with Traccar Client, OwnTracks or OsmAnd sends where its unit is, also while the screen is off. The field page does it too, while it is open."),
    load: async () => (await api.get("/devices")).items, off: (row) => row.revoked_at,
    matches: (row) => `${row.label} ${row.unit_call_sign}`,
    columns: [
      [t("Phone"), (row) => name("phone", row.label)],
      [t("Unit"), (row) => row.unit_call_sign],
      [t("Last heard"), (row) => (row.last_seen_at ? clockOrDate(row.last_seen_at) : t("never"))],
      [t("State"), (row) => inUse(!row.revoked_at)],
      [t("Encrypted"), (row) => (row.encrypted ? t("yes") : "–")],
      ["", (row) => el("div", { class: "actions" }, !row.revoked_at && button(t("Revoke"), () => revoke(row), { icon: "cross", tone: "quiet" }))],
    ],
  });
}
