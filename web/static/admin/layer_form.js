/** How an uploaded layer is called, drawn and shown: titles, colour, drawing, label, audience, zooms. */
import { button, el, icon } from "../shared/dom.js";
import { clearProblems, values } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { swatch } from "../map/layer_panel.js";
import { ROLES } from "./words.js";

export const FIRST_COLOUR = "#3fc3d4";
const COLOURS = [FIRST_COLOUR, "#5bb0ff", "#2fc483", "#ffd23f", "#ff8a1f", "#e5322c", "#a883ff", "#9fb0bd"];

const field = (name, label, control, hint = null) => el("div", { class: "field" }, el("label", { for: `layer-${name}` }, label), control, hint && el("p", { class: "field-hint" }, hint));
const input = (name, value, more = {}) => el("input", { id: `layer-${name}`, name, value, autocomplete: "off", ...more });

/** What was filled in, as the server takes it. */
export function valuesOf(form) {
  const { title_id, title_en, colour, icon: drawing, label, zoom_from, zoom_to, refresh_s } = values(form);
  const roles = [...form.querySelectorAll("[name=role]:checked")].map((one) => one.value);
  return { title_id, title_en, colour, icon: drawing, label, zoom_from, zoom_to, refresh_s, roles };
}

/** layerForm({icons, columns, row | name, onColour(colour, icon), save(form)}) → form */
export function layerForm({ icons, columns, row = null, name = "", onColour = () => {}, save }) {
  const now = row ?? { title_id: name, title_en: name, colour: FIRST_COLOUR, icon: "pin", label: null, roles: ROLES.map(([code]) => code), zoom_from: 0, zoom_to: 22, refresh_s: null };
  const sample = el("span", {});
  const drawings = el("select", { id: "layer-icon", name: "icon" }, icons.map((one) => el("option", { value: one }, one)));
  drawings.value = now.icon;
  const colour = input("colour", now.colour, { type: "color" });
  const paint = () => {
    sample.replaceChildren(swatch({ colour: colour.value, icon: drawings.value }));
    onColour(colour.value, drawings.value);
  };
  const labels = el("select", { id: "layer-label", name: "label" }, el("option", { value: "" }, t("No label")), columns.map((one) => el("option", { value: one }, one)));
  labels.value = now.label ?? "";
  const form = el("form", { class: "panel panel-body layer-form", novalidate: true, oninput: paint, onsubmit: async (event) => {
    event.preventDefault();
    clearProblems(form);
    const [send, said] = [form.querySelector("[type=submit]"), form.querySelector(".layer-saving")];
    send.disabled = true;
    said.hidden = false;
    await save(form);
    send.disabled = false;
    said.hidden = true;
  } },
    el("div", { class: "form-grid" },
      field("title_id", t("Title in Indonesian"), input("title_id", now.title_id)),
      field("title_en", t("Title in English"), input("title_en", now.title_en)),
      field("colour", t("Colour"), el("div", { class: "layer-colours" }, colour,
        COLOURS.map((one) => {
          const dab = el("button", { type: "button", class: "layer-dab", "aria-label": t("Colour {colour}", { colour: one }), onclick: () => { colour.value = one; paint(); } });
          dab.style.backgroundColor = one;
          return dab;
        }))),
      field("icon", t("Drawing"), el("div", { class: "layer-colours" }, drawings, sample)),
      field("label", t("Label beside each feature"), labels),
      field("zoom_from", t("From zoom"), input("zoom_from", now.zoom_from, { type: "number", min: 0, max: 22 }), t("0 is the world, 12 the city, 16 a street.")),
      field("zoom_to", t("To zoom"), input("zoom_to", now.zoom_to, { type: "number", min: 0, max: 22 })),
      field("refresh_s", t("Ask again every … seconds"), input("refresh_s", now.refresh_s ?? "", { type: "number", min: 5 }), t("Empty: when the layer is changed."))),
    el("fieldset", { class: "field layer-roles" }, el("legend", {}, t("Who sees it")),
      el("input", { type: "hidden", name: "roles" }),
      ROLES.map(([code, words]) => el("label", { class: "check" }, el("input", { type: "checkbox", name: "role", value: code, checked: now.roles.includes(code) }), words))),
    el("div", { class: "actions" }, button(row ? t("Save") : t("Make the layer"), null, { type: "submit", icon: "check", tone: "primary" }), icon("eye"), el("span", { class: "muted" }, t("Every console shows it at once.")),
      el("span", { class: "layer-saving", role: "status", hidden: true }, t("Saving…"), " ", el("progress", {}))));
  paint();
  return form;
}
