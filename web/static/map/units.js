/** Units on the map: drawn on one canvas, so that thousands move; picked with the mouse, or from a list by keyboard. */
import { onSecond, ageSeconds } from "../shared/time.js";
import { lookOf } from "./unit-looks.js";
import { Motion } from "./unit-motion.js";
import { Painting } from "./unit-painting.js";
import { Sprites } from "./unit-sprites.js";
import { unitCanvas } from "./unit-canvas.js";
import { unitChoice } from "./unit-choice.js";
import { unitList } from "./unit-list.js";

/**
 * unitLayer(map, {onPick(position), styles}) → {set(items), update(items), select(unitId), focus(unitId), next(),
 * letGo(), get(unitId), setVisible(yes), setStyles(cases), drawNow(), remove()}. `styles` are the cases of a layer file.
 */
export function unitLayer(map, { onPick = null, styles = null } = {}) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const shown = new Map();
  const special = { selected: null, focused: null, hovered: null };
  const sprites = new Sprites();
  const painting = new Painting(sprites);
  let [inOrder, ordered] = [[], false];

  /** Who waits lies under who is out. */
  function order() {
    if (!ordered) inOrder = [...shown.values()].sort((a, b) => Number(b.look.idle) - Number(a.look.idle) || a.item.unit_id - b.item.unit_id);
    ordered = true;
    return inOrder;
  }
  const canvas = unitCanvas(map, (ctx, view, now_ms) => painting.paint(ctx, view, now_ms, order(), special));
  const redraw = () => { painting.forget(); canvas.wake(); };

  function put(item, now_ms) {
    let unit = shown.get(item.unit_id);
    if (!unit) {
      unit = { item: {}, look: {}, motion: new Motion(item.lon, item.lat), labelled: false, label: null, dx: 0, dy: 0, stacked: false };
      shown.set(item.unit_id, unit);
    }
    const { item: before, look: { idle } } = unit;
    unit.item = { ...before, ...item };
    unit.look = lookOf(unit.item, styles);
    if (unit.look.idle !== idle) ordered = false;
    if (before.lon === item.lon && before.lat === item.lat && before.recorded_at === item.recorded_at) return;
    const age_s = item.recorded_at ? ageSeconds(item.recorded_at) : Infinity;
    unit.motion.arrive(unit.item, age_s, now_ms, calm || document.hidden);
  }

  function update(items) {
    const now_ms = performance.now();
    for (const item of items) if (item.lat !== null && item.lat !== undefined) put(item, now_ms);
    redraw();
    choice.heard();
  }

  function point(part, unitId) {
    if (special[part] === unitId) return;
    special[part] = unitId;
    redraw();
  }

  const layer = {
    /** Exactly these, and no others. */
    set(items) {
      const ids = new Set(items.map((item) => item.unit_id));
      for (const id of shown.keys()) if (!ids.has(id)) { shown.delete(id); ordered = false; }
      if (!shown.has(special.selected)) choice.letGo();
      update(items);
    },
    update,
    /** Shows which one is meant, without moving the map. */
    select: (unitId) => point("selected", unitId),
    /** Brings a unit into view and chooses it. */
    focus(unitId) {
      const unit = shown.get(unitId);
      if (!unit) return;
      map.setView([unit.item.lat, unit.item.lon], Math.max(map.getZoom(), 15));
      choice.choose(unitId);
    },
    get: (unitId) => shown.get(unitId)?.item ?? null,
    next: () => list.enter(),
    letGo: () => choice.letGo(),
    /** The switch of the layer panel. */
    setVisible(yes) {
      canvas.show(yes);
      list.show(yes);
      if (!yes) choice.letGo();
    },
    setStyles(cases) {
      styles = cases;
      for (const unit of shown.values()) unit.look = lookOf(unit.item, styles);
      redraw();
    },
    /** Draws this very moment instead of with the next frame; answers what is in view, and as how big. */
    drawNow: () => canvas.draw(),
    remove() {
      stops.forEach((stop) => stop());
      [choice, list, canvas].forEach((part) => part.remove());
    },
  };

  const hit = (event, more_px) => { const at = canvas.at(event); return painting.hit(at.x, at.y, more_px); };
  const choice = unitChoice(map, { shown, hit, point, onPick });
  const list = unitList(map, { shown, inView: () => painting.inView, point, onChoose: choice.choose });
  const renew = () => { sprites.renew(); redraw(); };
  document.addEventListener("themechange", renew);
  // Names drawn before the font came would stay in another one.
  document.fonts.load('600 14px "Inter Variable"').then(renew);
  const stops = [onSecond(() => { if (!document.hidden) { canvas.wake(); list.tell(); } }),
    () => document.removeEventListener("themechange", renew)];
  return layer;
}

/** A Unit as a Position for the layer: where it was last heard of, else its post. */
export function unitAsPosition(unit) {
  const here = unit.position ?? (unit.station?.lon !== undefined && unit.station?.lon !== null
    ? { lon: unit.station.lon, lat: unit.station.lat, recorded_at: null } : null);
  if (!here) return null;
  return { ...here, unit_id: unit.id, call_sign: unit.call_sign, agency_code: unit.agency_code, icon: unit.type?.icon,
    duty: unit.duty, busy: unit.busy, assignment_status: unit.assignment_status, eta: unit.eta ?? null };
}
