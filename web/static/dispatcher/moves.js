/** Units that stand by elsewhere: listed with what can be done about them, and drawn as dashed lines. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { ago } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { desk } from "./store.js";

const takeBack = (move, reload) => ask({
  title: t("Take the move of {unit} back", { unit: move.unit.call_sign }), icon: "back", confirm: t("Take back"),
  fields: [{ name: "reason", label: t("Reason"), required: true }],
  submit: async ({ reason }) => { await api.post(`/moves/${move.id}/take-back`, { reason }); await reload(); return true; },
});

/** movesDesk(map, root) → {load()} */
export function movesDesk(map, root) {
  const lines = L.layerGroup().addTo(map);

  function draw(items) {
    lines.clearLayers();
    for (const move of items) {
      if (move.unit.lon === null) continue;
      const ends = [[move.unit.lat, move.unit.lon], [move.station.lat, move.station.lon]];
      L.polyline(ends, { className: "move-line", interactive: false }).addTo(lines);
    }
    root.hidden = !items.length;
    fill(root, el("h2", { class: "fleet-title" }, icon("arrow-right"), t("Standing by elsewhere"), " ", el("span", { class: "count" }, String(items.length))),
      el("ul", { class: "moves" }, items.map((move) => el("li", { dataset: { move: move.id } },
        el("span", {}, el("strong", {}, move.unit.call_sign), " → ", move.station.name, " ",
          el("small", { class: "muted", dataset: { ago: move.ordered_at } }, ago(move.ordered_at))),
        el("span", { class: "actions" },
          button(t("Is there"), () => arrive(move), { icon: "check", tone: "quiet" }),
          button(t("Take back"), () => takeBack(move, load), { icon: "back", tone: "quiet" }))))));
  }

  async function arrive(move) {
    try {
      await api.post(`/moves/${move.id}/arrive`);
      await load();
    } catch (problem) {
      toastProblem(problem);
    }
  }

  async function load() {
    draw((await api.get("/moves", { agency: desk.agency, state: "open" })).items);
  }
  document.addEventListener("moves-ordered", () => { load().catch(toastProblem); });
  return { load };
}
