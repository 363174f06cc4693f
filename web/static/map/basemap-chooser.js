/** The button that tells which basemap is shown, lets another be chosen, and says what is not on it. */
import { el, fill, icon } from "../shared/dom.js";
import { locale, t } from "../shared/i18n.js";
import { lacksOf } from "./basemap-contents.js";
import { credit } from "./basemap-layers.js";

export const titleOf = (basemap) => (locale === "id" ? basemap.title_id : basemap.title_en);

/** basemapChooser(map, {choose(id)}) → {show({basemaps, problems, current, away})} */
export function basemapChooser(map, { choose }) {
  const list = el("fieldset", { class: "basemap-list" });
  const box = el("section", { class: "basemap-box", hidden: true, "aria-label": t("Basemap") }, list);
  const knob = el("button", { type: "button", class: "button button-icon basemap-knob", title: t("Basemap"), "aria-label": t("Basemap"), "aria-expanded": "false", onclick: () => open(box.hidden) }, icon("map"));
  const control = L.control({ position: "bottomright" });
  control.onAdd = () => {
    const node = el("div", { class: "basemap-control" }, box, knob);
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    node.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !box.hidden) open(false);
      event.stopPropagation(); // arrows choose here; the map would move
    });
    return node;
  };
  control.addTo(map);

  function open(yes) {
    box.hidden = !yes;
    knob.setAttribute("aria-expanded", String(yes));
    (yes ? list.querySelector("input:checked") ?? knob : knob).focus();
  }

  function entry(basemap, { current, away }) {
    const lacks = lacksOf(basemap);
    const input = el("input", { type: "radio", name: "basemap", value: basemap.id, onchange: () => choose(basemap.id) });
    input.checked = basemap.id === current;
    return el("label", { class: "basemap-entry" }, input, el("span", {},
      el("strong", {}, titleOf(basemap)),
      basemap.online && el("em", { class: "basemap-online" }, icon("globe"), t("online")),
      basemap.id === away && el("small", { class: "is-bad" }, icon("offline"), t("does not answer")),
      lacks && el("small", {}, icon("info"), t("Not in this map's source: {what}", { what: lacks })),
      el("small", {}, credit(basemap))));
  }

  function show(state) {
    fill(list, el("legend", {}, t("Basemap")), state.basemaps.map((basemap) => entry(basemap, state)),
      state.problems.map((words) => el("p", { class: "basemap-problem" }, icon("warning"), words)));
  }
  return { show };
}
