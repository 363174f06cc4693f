/** The units on the map for whoever has no mouse or does not see it: one list, its focus drawn on the map. */
import { el } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { etaOf, sentenceOf } from "./unit-looks.js";

const MOST = 60;
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
let lists = 0;

/** unitList(map, {shown, inView(), point(part, unitId), onChoose(unitId)}) → {enter(), tell(), show(yes), remove()} */
export function unitList(map, { shown, inView, point, onChoose }) {
  const name = `units-${(lists += 1)}`;
  const root = el("ul", { class: "unit-list visually-hidden", role: "listbox", tabindex: 0, "aria-label": t("Units on the map: arrows choose, Enter follows") });
  map.getContainer().append(root);
  const rows = new Map();
  let active = null;

  /** Who is in view, then who is not, up to as many as a person steps through; who is out comes first. */
  function wanted() {
    const seen = inView();
    const near = new Set(seen);
    const others = seen.length < MOST ? [...shown.values()].filter((unit) => !near.has(unit)) : [];
    const order = (a, b) => Number(a.look.idle) - Number(b.look.idle) || a.item.call_sign.localeCompare(b.item.call_sign, undefined, { numeric: true });
    return [...[...seen].sort(order), ...others.sort(order)].slice(0, MOST);
  }

  function tell() {
    if (root.hidden) return;
    const units = wanted();
    const ids = new Set(units.map((unit) => unit.item.unit_id));
    for (const [id, row] of rows) if (!ids.has(id)) { row.remove(); rows.delete(id); }
    units.forEach((unit, i) => {
      const { item, look } = unit;
      let row = rows.get(item.unit_id);
      if (!row) rows.set(item.unit_id, (row = el("li", { role: "option", id: `${name}-${item.unit_id}`, dataset: { unit: item.unit_id } })));
      const words = sentenceOf(item, look);
      if (row.textContent !== words) row.textContent = words;
      Object.assign(row.dataset, { sign: item.call_sign, lon: item.lon, lat: item.lat, size: unit.size ?? "", eta: etaOf(item)?.words ?? "" });
      row.setAttribute("aria-selected", String(item.unit_id === active));
      if (root.children[i] !== row) root.insertBefore(row, root.children[i] ?? null);
    });
    if (active !== null && !ids.has(active)) aim(null);
  }

  function aim(unitId) {
    rows.get(active)?.setAttribute("aria-selected", "false");
    active = unitId;
    const row = rows.get(active);
    row?.setAttribute("aria-selected", "true");
    if (row) root.setAttribute("aria-activedescendant", row.id);
    else root.removeAttribute("aria-activedescendant");
    point("focused", document.activeElement === root ? active : null);
    const item = shown.get(active)?.item;
    if (item && !map.getBounds().contains([item.lat, item.lon])) map.panTo([item.lat, item.lon]);
  }

  function step(by) {
    const ids = [...root.children].map((row) => Number(row.dataset.unit));
    if (!ids.length) return;
    const at = ids.indexOf(active);
    aim(ids[at < 0 ? (by > 0 ? 0 : ids.length - 1) : (at + by + ids.length) % ids.length]);
  }

  root.addEventListener("keydown", (event) => {
    const acts = { Enter: () => { if (active !== null) onChoose(active); }, " ": () => { if (active !== null) onChoose(active); },
      Home: () => { active = null; step(1); }, End: () => { active = null; step(-1); } };
    const act = STEPS[event.key] ? () => step(STEPS[event.key]) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation(); // the map behind would move
    act();
  });
  root.addEventListener("focus", () => { tell(); if (active === null) step(1); else aim(active); });
  root.addEventListener("blur", () => point("focused", null));

  return {
    /** From anywhere by a key: the next unit, with the focus on the list. */
    enter() {
      if (document.activeElement === root) step(1);
      else root.focus({ preventScroll: true });
    },
    tell,
    show(yes) { root.hidden = !yes; },
    remove() { root.remove(); },
  };
}
