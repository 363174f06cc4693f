/** Incidents on the map: drawing by kind, colour and number by priority, a pulse while they wait for somebody. */
import { el, icon } from "../shared/dom.js";
import { localName } from "../shared/i18n.js";
import { iconName, statusName } from "../shared/status.js";
import { caseOf, inkOn } from "./layer_style.js";

const WAITING = new Set(["received", "verified", "reopened"]);
const OVER = new Set(["closed", "cancelled", "duplicate", "out_of_area"]);

/** incidentLayer(map, {onPick(incident)}) → {set, update, remove, select, setVisible(yes), setStyles(cases)} */
export function incidentLayer(map, { onPick = null } = {}) {
  const shown = new Map();
  const group = L.layerGroup().addTo(map);
  let selected = null;
  let styles = null;

  function draw(entry) {
    const { item, node, marker } = entry;
    if (styles) {
      const { colour } = caseOf({ styles }, item);
      node.style.setProperty("--fill", colour);
      node.style.setProperty("--ink", inkOn(colour));
    }
    node.className = `incident-marker incident-p${item.priority}${WAITING.has(item.status) ? " is-waiting" : ""}`
      + `${item.location.verified ? "" : " is-unverified"}${item.id === selected ? " is-selected" : ""}`;
    node.replaceChildren(el("span", { class: "incident-body" }, icon(iconName(item.icon))),
      el("span", { class: "incident-rank" }, `P${item.priority}`));
    marker.setZIndexOffset(item.id === selected ? 1200 : 1000 - item.priority * 50);
    marker.setTooltipContent(`${item.number} · ${localName(item, "kind_name")} · ${statusName("incident", item.status)}`);
    marker.getElement()?.setAttribute("aria-label", `${item.number}, ${localName(item, "kind_name")}, ${statusName("incident", item.status)}`);
  }

  function put(item) {
    if (!item.location || item.location.lat === null || OVER.has(item.status)) {
      drop(item.id);
      return;
    }
    let entry = shown.get(item.id);
    if (!entry) {
      const node = el("div", { class: "incident-marker" });
      const marker = L.marker([item.location.lat, item.location.lon], {
        icon: L.divIcon({ html: node, className: "", iconSize: [0, 0] }), riseOnHover: true,
      }).bindTooltip("", { direction: "top", offset: [0, -52] });
      entry = { item, node, marker };
      marker.on("click keypress", (e) => {
        if (onPick && (e.type === "click" || e.originalEvent?.key === "Enter")) onPick(entry.item);
      });
      shown.set(item.id, entry);
      group.addLayer(marker);
    }
    entry.item = item;
    entry.marker.setLatLng([item.location.lat, item.location.lon]);
    draw(entry);
  }

  function drop(id) {
    const entry = shown.get(id);
    if (entry) group.removeLayer(entry.marker);
    shown.delete(id);
  }

  return {
    /** Exactly these, and no others. */
    set(items) {
      const ids = new Set(items.map((i) => i.id));
      for (const id of [...shown.keys()]) if (!ids.has(id)) drop(id);
      items.forEach(put);
    },
    update: put,
    remove: drop,
    select(id) { selected = id; shown.forEach(draw); },
    setVisible(yes) { if (yes) group.addTo(map); else group.remove(); },
    /** Take the colours of the layer's file. */
    setStyles(cases) { styles = cases; shown.forEach(draw); },
  };
}
