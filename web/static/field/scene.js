/** From the scene: photos, how many are hurt, what is damaged, and the call for help. All of it works without a signal. */
import { ask } from "../shared/ask.js";
import { button, el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { COUNTED, countLine, photoStrip } from "../shared/scene.js";
import { clock } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { press, waiting } from "./outbox.js";
import { lastReading } from "./position.js";
import { smaller } from "./photo.js";

export const askBackup = (assignment) => ask({
  title: t("Ask for help"), icon: "help-call", danger: true, confirm: t("Ask for help"),
  text: t("The dispatcher and the operator hear it at once."),
  fields: [{ name: "note", label: t("What is needed"), type: "textarea", required: true }],
  submit: async ({ note }) => {
    await press({ kind: "backup", of: assignment.id, path: `/assignments/${assignment.id}/backup`, body: { note } });
    return true;
  },
});

/** One number with a large minus and plus: a keyboard is no friend of gloves. */
function stepper(name, word, value) {
  const number = el("output", { class: "field-number" }, String(value));
  const input = el("input", { type: "hidden", name, value });
  const move = (by) => () => {
    input.value = Math.min(9999, Math.max(0, Number(input.value) + by));
    number.value = input.value;
  };
  return el("div", { class: "field-counter", role: "group", "aria-label": word },
    el("span", {}, word),
    el("button", { type: "button", class: "button field-step", "aria-label": t("One less"), onclick: move(-1) }, icon("minus")),
    number,
    el("button", { type: "button", class: "button field-step", "aria-label": t("One more"), onclick: move(1), dataset: { more: name } }, icon("plus")), input);
}

function askCounts(assignment, before) {
  const form = el("form", { method: "dialog" },
    el("header", { class: "dialog-head" }, icon("people"), el("h2", { id: "count-title" }, t("People and damage"))),
    el("div", { class: "dialog-body" }, COUNTED.map(([name, word]) => stepper(name, word, before?.[name] ?? 0))),
    el("footer", { class: "dialog-foot" },
      button(t("Go back"), () => dialog.close(), { class: "field-step" }),
      button(t("Send"), null, { type: "submit", tone: "primary", icon: "send", class: "field-step", dataset: { count: "send" } })));
  const dialog = el("dialog", { class: "field-dialog", "aria-labelledby": "count-title" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = Object.fromEntries(COUNTED.map(([name]) => [name, Number(form.elements[name].value)]));
    press({ kind: "counts", of: assignment.id, path: `/assignments/${assignment.id}/counts`, body })
      .then(() => dialog.close(), toastProblem);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function keepPhotos(assignment, files) {
  for (const file of files) {
    const place = lastReading();
    await press({ kind: "photo", of: assignment.id, path: `/assignments/${assignment.id}/photos`, when: "taken_at",
      file: await smaller(file), body: { lon: place?.lon ?? null, lat: place?.lat ?? null } });
  }
}

// Not in the card, which is drawn anew while the camera is open.
let pictured = null;
const camera = el("input", { type: "file", accept: "image/*", capture: "environment", class: "visually-hidden", id: "camera", tabindex: "-1",
  onchange: () => keepPhotos(pictured, [...camera.files]).then(() => { camera.value = ""; }, toastProblem) });
document.body.append(camera);

/** A picture is drawn from what waits on the phone; its address is given back when the page lets it go. */
const addresses = new Map();
function waitingPhotos(assignment) {
  const entries = waiting({ kind: "photo", of: assignment.id });
  for (const [id, address] of addresses) {
    if (entries.some((entry) => entry.id === id)) continue;
    URL.revokeObjectURL(address);
    addresses.delete(id);
  }
  return entries.map((entry) => {
    if (!addresses.has(entry.id)) addresses.set(entry.id, URL.createObjectURL(entry.file));
    return el("li", { class: "photo is-waiting" }, el("img", { src: addresses.get(entry.id), alt: t("Photo, waiting to be sent") }),
      el("span", {}, icon("upload"), clock(entry.pressed_at)));
  });
}

/** What was found, and the buttons to say more. `scene` is what the server has of this incident. */
export function renderScene(assignment, scene) {
  const counts = scene?.counts ?? [];
  const pending = waiting({ kind: "counts", of: assignment.id }).at(-1);
  const own = pending?.body ?? counts.find((c) => c.assignment_id === assignment.id);
  const there = Boolean(assignment.on_scene_at);
  pictured = assignment;
  return el("section", { class: "field-scene", "aria-label": t("From the scene") },
    pending && el("p", { class: "notice tone-amber" }, icon("upload"), t("Waiting to be sent: {what}", { what: countLine(pending.body) })),
    counts.map((c) => el("p", {}, icon("people"), " ", el("strong", {}, c.call_sign), " ", clock(c.counted_at), " · ", countLine(c))),
    photoStrip(scene?.photos ?? [], waitingPhotos(assignment)),
    el("div", { class: "field-pair" },
      el("label", { class: "button field-step", for: "camera" }, icon("camera"), el("span", {}, t("Photo"))),
      there && button(t("People and damage"), () => askCounts(assignment, own), { icon: "people", class: "field-step", dataset: { count: "open" } })));
}
