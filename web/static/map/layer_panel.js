/** The list of a map's layers: each with its switch, its legend, and whether what is seen is all and fresh. */
import { button, debounce, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { duration, nowMs } from "../shared/time.js";
import { inkOn, named } from "./layer_style.js";

const KEY = "L";
const OLD_AFTER_S = 90;

/** A case of [[styles]] as the map draws it: its colour and its drawing. */
export function swatch({ colour, icon: drawing }) {
  const node = el("span", { class: "layer-swatch", "aria-hidden": "true" }, icon(drawing));
  node.style.backgroundColor = colour;
  node.style.color = inkOn(colour);
  return node;
}

function ramp({ colour }) {
  const bar = el("span", { class: "layer-ramp", "aria-hidden": "true" });
  bar.style.setProperty("--colour", colour);
  return el("span", { class: "layer-weight" }, el("small", {}, t("few")), bar, el("small", {}, t("most")));
}

function stateOf({ layer, on, own, busy, problem, at_ms }, zoom) {
  if (!on) return null;
  if (!own && zoom < layer.zoom[0]) return ["search", t("Zoom in to see it."), ""];
  if (!own && zoom > layer.zoom[1]) return ["search", t("Zoom out to see it."), ""];
  if (problem) return ["warning", t("Could not be read: {why}", { why: problem.detail || problem.message }), "is-bad"];
  const age_s = at_ms ? (nowMs() - at_ms) / 1000 : 0;
  const good_s = typeof layer.refresh === "number" ? 2 * layer.refresh + 30 : OLD_AFTER_S;
  if (!own && layer.refresh !== "once" && layer.refresh !== "live" && age_s > good_s) return ["clock", t("{age} old", { age: duration(age_s) }), "is-old"];
  return busy ? ["refresh", t("Loading…"), ""] : null;
}

/** layerPanel(map, {entries, toggle(id, on)}) → {draw(), drawSoon()} */
export function layerPanel(map, { entries, toggle }) {
  const list = el("ul", { class: "layer-list" });
  const box = el("section", { class: "layer-panel", hidden: true, "aria-label": t("Map layers") },
    el("header", { class: "layer-head" }, icon("layers"), el("h2", {}, t("Map layers")),
      el("button", { type: "button", class: "button button-quiet button-icon", "aria-label": t("Close"), onclick: () => open(false) }, icon("cross"))), list);
  const knob = button(t("Layers"), () => open(box.hidden), { icon: "layers", key: KEY, class: "layer-knob", "aria-expanded": "false" });
  const corner = el("div", { class: "layer-corner leaflet-top leaflet-right" }, knob, box);
  map.getContainer().append(corner);
  L.DomEvent.disableClickPropagation(corner);
  L.DomEvent.disableScrollPropagation(corner);

  function open(yes) {
    box.hidden = !yes;
    knob.setAttribute("aria-expanded", String(yes));
    if (yes) draw();
    (yes ? list.querySelector("input") ?? box : knob).focus();
  }
  corner.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.target.click();
    if (event.key === "Escape" && !box.hidden) open(false);
    else if (!["ArrowUp", "ArrowDown"].includes(event.key)) return event.stopPropagation(); // the map would move
    else step(event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    return event.stopPropagation();
  });
  function step(by) {
    const all = [...list.querySelectorAll("input")];
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length]?.focus();
  }
  keys({ [KEY]: { run: () => open(box.hidden), label: t("Map layers") } });

  function row(entry) {
    const { layer } = entry;
    const state = stateOf(entry, map.getZoom());
    const single = layer.styles.length === 1;
    return el("li", { class: `layer-row${entry.on ? "" : " is-off"}`, dataset: { layer: layer.id } },
      el("label", {}, el("input", { type: "checkbox", checked: entry.on, onchange: (event) => toggle(layer.id, event.target.checked) }),
        single && swatch(layer.styles[0]), el("span", { class: "layer-title" }, named(layer, "title"))),
      state && el("p", { class: `layer-state ${state[2]}`, role: "status" }, icon(state[0]), state[1]),
      entry.on && single && layer.weight && ramp(layer.styles[0]),
      entry.on && !single && el("ul", { class: "layer-legend" }, layer.styles.map((one) => el("li", {}, swatch(one), named(one, "name")))));
  }

  function draw() {
    if (box.hidden) return;
    const focused = document.activeElement?.closest?.("[data-layer]")?.dataset.layer;
    fill(list, [...entries.values()].map(row));
    if (focused) list.querySelector(`[data-layer="${CSS.escape(focused)}"] input`)?.focus();
  }
  return { draw, drawSoon: debounce(draw, 200) };
}
