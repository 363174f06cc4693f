/** An order to stand by at another station: where, how to get there, and that the unit is there. */
import { api, getReference } from "../shared/api.js";
import { button, el, fill, find, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { live } from "../shared/live.js";
import { alert } from "../shared/sound.js";
import { clock } from "../shared/time.js";
import { onOutbox, onTaken, press, waiting } from "./outbox.js";
import { toastProblem } from "../shared/toast.js";

const { me } = await getReference();
const root = find("#move-order");

let ordered = null;
const pressed = (move) => waiting({ kind: "move", of: move.id }).length > 0;
const arrive = (move) => press({ kind: "move", of: move.id, path: `/moves/${move.id}/arrive` }).catch(toastProblem);

function draw(move) {
  ordered = move;
  root.hidden = !move || pressed(move);
  if (root.hidden) {
    fill(root);
    return;
  }
  const { lon, lat, name } = move.station;
  fill(root, el("p", { class: "move-word" }, icon("arrow-right", { large: true }), el("strong", {}, t("Stand by at {station}", { station: name }))),
    el("p", { class: "muted" }, t("Ordered at {time} by {name}", { time: clock(move.ordered_at), name: move.ordered_by ?? "–" })),
    el("div", { class: "actions" },
      button(t("We are there"), () => arrive(move), { icon: "check", tone: "primary", class: "button-big button-wide" }),
      el("a", { class: "button button-wide", href: `geo:${lat},${lon}?q=${lat},${lon}` }, icon("navigation"), el("span", {}, t("Navigate")))));
}

async function load() {
  const { items } = await api.get("/moves", { state: "open", unit_id: me.unit_id });
  draw(items[0] ?? null);
}

live.on("move.", (event) => {
  if (event.unit_id !== me.unit_id) return;
  if (event.kind === "move.ordered") alert();
  load().catch(quietly);
});
/** Without a signal what was ordered stays on the screen; it is read again when the signal is back. */
const quietly = (problem) => { if (problem.status) toastProblem(problem); };
onOutbox(() => draw(ordered));
onTaken(async ({ kind }) => { if (kind === "move") draw(null); });
live.onResume(() => load().catch(quietly));
load().catch(quietly);
