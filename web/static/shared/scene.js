/** What crews have sent from the scene: photos to look at, and what they counted, in words. */
import { api, getReference } from "./api.js";
import { el, fill, icon } from "./dom.js";
import { t } from "./i18n.js";
import { clock } from "./time.js";
import { toastProblem } from "./toast.js";

export const COUNTED = [
  ["dead", t("Died")], ["badly_hurt", t("Badly hurt")], ["lightly_hurt", t("Lightly hurt")], ["missing", t("Missing")],
  ["evacuated", t("Brought to safety")], ["buildings", t("Buildings damaged")], ["vehicles", t("Vehicles damaged")],
];

/** "2 badly hurt, 1 building damaged"; nobody and nothing is said too. */
export function countLine(counts) {
  const said = COUNTED.filter(([name]) => counts[name]).map(([name, word]) => `${counts[name]} ${word.toLowerCase()}`);
  return said.length ? said.join(", ") : t("nobody hurt, nothing damaged");
}

function look(photo) {
  const words = t("{unit}, {time}", { unit: photo.call_sign, time: clock(photo.taken_at, { seconds: true }) });
  const dialog = el("dialog", { class: "photo-dialog", "aria-label": words, onclick: () => dialog.close(), onclose: () => dialog.remove() },
    el("img", { src: `/api/v1/photos/${photo.id}`, alt: words, width: photo.width, height: photo.height }),
    el("footer", { class: "dialog-foot" }, el("p", {}, words, photo.taken_by ? ` · ${photo.taken_by}` : ""),
      el("button", { type: "button", class: "button", autofocus: true }, icon("cross"), el("span", {}, t("Close")))));
  document.body.append(dialog);
  dialog.showModal();
}

// A picture is never kept by the browser (personal data), so its element is: a list is drawn often.
const shown = new Map();
function thumbnail(photo) {
  if (!shown.has(photo.id)) {
    const words = t("Photo of {unit}, {time}", { unit: photo.call_sign, time: clock(photo.taken_at) });
    shown.set(photo.id, el("li", { class: "photo" }, el("button", { type: "button", "aria-label": words, onclick: () => look(photo) },
      el("img", { src: `/api/v1/photos/${photo.id}/small`, alt: "" })), el("span", {}, clock(photo.taken_at))));
  }
  return shown.get(photo.id);
}

/** Photos in the order in which they were taken, then `more`. */
export function photoStrip(photos, more = []) {
  if (!photos.length && !more.length) return null;
  return el("ul", { class: "photos", "aria-label": t("Photos") }, photos.map(thumbnail), more);
}

/** The part of a case; empty while nothing was sent. `scene` as /incidents/<id>/scene answers. */
function scenePart(scene) {
  if (!scene || (!scene.photos.length && !scene.counts.length)) return null;
  return el("section", { class: "scene", "aria-label": t("From the scene") }, el("h3", {}, t("From the scene")),
    scene.counts.map((c) => el("p", {}, icon("people"), " ", el("strong", {}, countLine(c)), " · ", c.call_sign, " ",
      el("time", {}, clock(c.counted_at)), c.note ? ` · ${c.note}` : "")),
    photoStrip(scene.photos));
}

let latest = { id: null, scene: null };
async function load(box, id) {
  const { me } = await getReference();
  if (!me.permissions.includes("scene.read")) return;
  latest = { id, scene: await api.get(`/incidents/${id}/scene`) };
  fill(box, scenePart(latest.scene));
}

/** The part of a case, asked for by itself: at once as it was, then as it is. */
export function sceneBox(incidentId) {
  const box = el("div", { class: "case-scene" }, latest.id === incidentId ? scenePart(latest.scene) ?? "" : "");
  load(box, incidentId).catch(toastProblem);
  return box;
}
