/** The unit that somebody has chosen on the map: its card, whether the map follows it, and its trail. */
import { onSecond } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { unitCard } from "./unit-card.js";
import { unitFollow } from "./unit-follow.js";
import { unitTrail } from "./unit-trail.js";

const FINGER_PX = 8;
// While a place or a line is being set, a click is about that and not about the unit that happens to be there.
const OTHER_WORK = ".is-placing, .is-drawing, .is-picking";
const DRAWING = ".is-drawing, .is-picking";

/** unitChoice(map, {shown, hit(event), point(part, unitId), onPick}) → {choose(unitId), letGo(), heard(), remove()} */
export function unitChoice(map, { shown, hit, point, onPick }) {
  const box = map.getContainer();
  let chosen = null;
  const where = () => shown.get(chosen)?.item ?? null;

  const follow = unitFollow(map, where, () => card.tell());
  const trail = unitTrail(map);
  const card = unitCard(map, {
    where, follow, trail, letGo,
    showTrail: (minutes) => trail.show(chosen, minutes).catch((problem) => {
      trail.hide();
      card.tell();
      toastProblem(problem);
    }),
  });

  function choose(unitId) {
    if (!shown.has(unitId)) return;
    if (chosen !== unitId) trail.hide();
    chosen = unitId;
    addEventListener("keydown", escape, true);
    point("selected", unitId);
    follow.start();
    card.open();
    onPick?.(where());
  }

  function letGo() {
    if (chosen === null) return;
    chosen = null;
    removeEventListener("keydown", escape, true);
    point("selected", null);
    follow.stop();
    trail.hide();
    card.close();
  }

  /** While a unit is chosen, Esc is about it before it is about the page behind, but never about what is being typed or drawn. */
  function escape(event) {
    if (event.key !== "Escape" || map.pm?.globalDrawModeEnabled() || box.matches(DRAWING) || document.querySelector("dialog[open]")) return;
    if (!box.contains(event.target) && event.target.matches?.("input, textarea, select")) return;
    event.preventDefault();
    event.stopPropagation();
    letGo();
  }

  const onMap = (event) => event.target === box || Boolean(event.target.closest?.(".leaflet-overlay-pane, .leaflet-trails-pane"));
  const free = (event) => onMap(event) && !box.matches(OTHER_WORK) && !map.pm?.globalDrawModeEnabled();

  function click(event) {
    if (!free(event) || map.dragging?.moved()) return;
    const unit = hit(event, event.pointerType === "touch" ? FINGER_PX : 0);
    if (!unit) return;
    event.stopPropagation();
    choose(unit.item.unit_id);
  }

  let [asked, last] = [0, null];
  function move(event) {
    last = event;
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      const unit = last.type === "mouseleave" || !free(last) ? null : hit(last);
      box.classList.toggle("is-over-unit", Boolean(unit));
      point("hovered", unit?.item.unit_id ?? null);
    });
  }

  box.addEventListener("click", click, true);
  box.addEventListener("mousemove", move);
  box.addEventListener("mouseleave", move);
  const stop = onSecond(() => { if (chosen !== null) card.tell(); });
  return {
    choose,
    letGo,
    heard() { if (chosen !== null) follow.keep(); },
    remove() {
      letGo();
      stop();
      card.remove();
      follow.remove();
      box.removeEventListener("click", click, true);
      box.removeEventListener("mousemove", move);
      box.removeEventListener("mouseleave", move);
    },
  };
}
