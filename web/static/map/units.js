/** Units on the map: shape by type, ring and glyph by status, call sign, heading, age; they glide, not jump. */
import { el, icon } from "../shared/dom.js";
import { etaWords } from "../shared/eta.js";
import { t } from "../shared/i18n.js";
import { ageSeconds, ago, onSecond } from "../shared/time.js";
import { iconName, unitState } from "../shared/status.js";

const OLD_AFTER_S = 60;
const SHOW_AGE_AFTER_S = 10;
const GLIDE_MS = 1000;
const JUMP_M = 3000;
const IDLE = new Set(["available", "off_duty", "out_of_service", "busy"]);
const SHAPES = { ambulance: "round", "ambulance-als": "round", patrol: "shield", "police-truck": "shield", motorcycle: "circle", boat: "circle" };

/** unitLayer(map, {onPick(position)}) → {set(items), update(items), select(unitId), focus(unitId), remove()} */
export function unitLayer(map, { onPick = null } = {}) {
  const shown = new Map();
  const group = L.layerGroup().addTo(map);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let selected = null;

  function draw(unit) {
    const { item } = unit;
    const state = unitState(item);
    const idle = IDLE.has(state.code);
    const drawing = iconName(item.icon, "truck");
    const heading = !idle && item.heading_deg !== null && item.heading_deg !== undefined && (item.speed_kph ?? 0) > 2;
    const look = [state.code, drawing, heading, item.call_sign, selected === item.unit_id].join("|");
    if (look !== unit.look) {
      unit.look = look;
      unit.arrow = heading ? el("span", { class: "unit-heading" }) : null;
      unit.age = el("span", { class: "unit-age" });
      unit.eta = el("span", { class: "unit-eta", hidden: true });
      unit.node.className = `unit-marker tone-${state.tone} unit-shape-${SHAPES[drawing] ?? "square"}`
        + `${idle ? " is-idle" : ""}${selected === item.unit_id ? " is-selected" : ""}`;
      unit.node.replaceChildren(...[unit.arrow, el("span", { class: "unit-body" }, icon(drawing)),
        el("span", { class: "unit-glyph" }, icon(state.icon)),
        el("span", { class: "unit-label" }, item.call_sign, unit.age, unit.eta)].filter(Boolean));
      unit.marker.setZIndexOffset(selected === item.unit_id ? 900 : idle ? 0 : 500);
      unit.marker.getElement()?.setAttribute("aria-label", `${item.call_sign}, ${state.word}`);
    }
    if (unit.arrow) unit.arrow.style.transform = `rotate(${item.heading_deg}deg)`;
    showAge(unit, idle);
    showEta(unit);
  }

  function showEta({ item, eta }) {
    eta.hidden = !item.eta || item.assignment_status !== "en_route";
    if (eta.hidden) return;
    const { words, old, said } = etaWords(item.eta);
    const text = old ? `${words} · ${said}` : words;
    eta.classList.toggle("is-old", old);
    if (eta.textContent !== text) eta.textContent = text;
  }

  function showAge(unit, idle = IDLE.has(unitState(unit.item).code)) {
    const age_s = unit.item.recorded_at ? ageSeconds(unit.item.recorded_at) : (unit.item.age_s ?? 0);
    const old = age_s > OLD_AFTER_S && !(idle && !unit.item.recorded_at);
    unit.node.classList.toggle("is-old", old);
    const text = age_s > SHOW_AGE_AFTER_S && unit.item.recorded_at && (!idle || old)
      ? (old ? t("{age} old", { age: ago(unit.item.recorded_at) }) : ago(unit.item.recorded_at)) : "";
    if (unit.age.textContent !== text) unit.age.textContent = text;
  }

  function make(item) {
    const node = el("div", { class: "unit-marker" });
    const marker = L.marker([item.lat, item.lon], {
      icon: L.divIcon({ html: node, className: "", iconSize: [0, 0] }), title: "", keyboard: Boolean(onPick),
      interactive: Boolean(onPick), riseOnHover: true,
    });
    const unit = { item, node, marker, look: "", from: null, to: [item.lat, item.lon], at: 0 };
    if (onPick) marker.on("click keypress", (e) => {
      if (e.type === "click" || e.originalEvent?.key === "Enter") onPick(unit.item);
    });
    shown.set(item.unit_id, unit);
    group.addLayer(marker);
    return unit;
  }

  function move(unit, item) {
    const here = unit.marker.getLatLng();
    const to = [item.lat, item.lon];
    const far = map.distance(here, to) > JUMP_M;
    if (calm || far || document.hidden) {
      unit.from = null;
      unit.marker.setLatLng(to);
    } else {
      unit.from = [here.lat, here.lng];
      unit.at = performance.now();
      glide();
    }
    unit.to = to;
  }

  let gliding = 0;
  function glide() {
    if (gliding) return;
    gliding = requestAnimationFrame(function step(now) {
      let more = false;
      for (const unit of shown.values()) {
        if (!unit.from) continue;
        const part = Math.min(1, (now - unit.at) / GLIDE_MS);
        unit.marker.setLatLng([unit.from[0] + (unit.to[0] - unit.from[0]) * part, unit.from[1] + (unit.to[1] - unit.from[1]) * part]);
        if (part < 1) more = true;
        else unit.from = null;
      }
      gliding = more ? requestAnimationFrame(step) : 0;
    });
  }

  /** Units parked at one post stand in a row beside it instead of hiding each other. */
  function spread() {
    const places = new Map();
    for (const unit of shown.values()) {
      const parked = IDLE.has(unitState(unit.item).code) || !((unit.item.speed_kph ?? 0) > 2);
      const key = parked ? `${unit.to[0].toFixed(4)},${unit.to[1].toFixed(4)}` : `u${unit.item.unit_id}`;
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(unit);
    }
    const step_px = map.getZoom() < 14 ? 16 : map.getZoom() < 16 ? 32 : 84;
    for (const units of places.values()) {
      const columns = Math.min(units.length, 4);
      units.forEach((unit, i) => {
        const x = ((i % columns) - (columns - 1) / 2) * step_px;
        const y = Math.floor(i / columns) * (step_px < 30 ? 18 : 44);
        unit.node.classList.toggle("is-stacked", units.length > 1);
        unit.node.style.transform = units.length > 1 ? `translate(${x}px, ${y}px)` : "";
      });
    }
  }
  map.on("zoomend", spread);

  function update(items) {
    for (const item of items) {
      if (item.lat === null || item.lat === undefined) continue;
      const unit = shown.get(item.unit_id);
      if (unit) {
        const moved = unit.to[0] !== item.lat || unit.to[1] !== item.lon;
        unit.item = { ...unit.item, ...item };
        if (moved) move(unit, item);
        draw(unit);
      } else draw(make(item));
    }
    spread();
  }

  const stop = onSecond(() => shown.forEach((unit) => { showAge(unit); showEta(unit); }));
  return {
    /** Exactly these, and no others. */
    set(items) {
      const ids = new Set(items.map((i) => i.unit_id));
      for (const [id, unit] of shown) if (!ids.has(id)) { group.removeLayer(unit.marker); shown.delete(id); }
      update(items);
    },
    update,
    select(unitId) { selected = unitId; shown.forEach(draw); },
    focus(unitId) {
      const unit = shown.get(unitId);
      if (unit) map.setView(unit.to, Math.max(map.getZoom(), 15));
    },
    get(unitId) { return shown.get(unitId)?.item ?? null; },
    remove() { stop(); map.off("zoomend", spread); group.remove(); },
  };
}

/** A Unit as a Position for the layer: where it was last heard of, else its post. */
export function unitAsPosition(unit) {
  const here = unit.position ?? (unit.station?.lon !== undefined && unit.station?.lon !== null
    ? { lon: unit.station.lon, lat: unit.station.lat, recorded_at: null } : null);
  if (!here) return null;
  return { ...here, unit_id: unit.id, call_sign: unit.call_sign, agency_code: unit.agency_code, icon: unit.type?.icon,
    duty: unit.duty, busy: unit.busy, assignment_status: unit.assignment_status, eta: unit.eta ?? null };
}
