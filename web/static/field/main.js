/** The crew's page: my unit, my assignment, my way, my position. */
import { api, getReference } from "../shared/api.js";
import { debounce, el, fill, find, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { hearEtas } from "../shared/eta.js";
import { live } from "../shared/live.js";
import { unitState } from "../shared/status.js";
import { alert } from "../shared/sound.js";
import { ago } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { mapLayers } from "../map/layers.js";
import { createMap, showPlaces } from "../map/map.js";
import { closureLayer } from "../map/closures.js";
import { incidentLayer } from "../map/incidents.js";
import { routeLayer } from "../map/routes.js";
import { unitLayer } from "../map/units.js";
import { renderDuty } from "./duty.js";
import { renderJob } from "./job.js";
import { onSteps } from "./steps.js";
import { sharing } from "./position.js";

const { me } = await getReference();
const map = createMap(find("#map"), { scale: false });
const closures = closureLayer(map);
const incidents = incidentLayer(map);
const routes = routeLayer(map);
const units = unitLayer(map);

mapLayers(map, { own: { incidents, units, closures } }).catch(toastProblem);

let job = null;

async function openAssignment() {
  const { items } = await api.get("/assignments", { state: "open", unit_id: me.unit_id });
  return items[0] ?? null;
}

async function load() {
  const [unit, assignment, closed] = await Promise.all([
    api.get(`/units/${me.unit_id}`), openAssignment(), api.get("/closures", { active: true })]);
  closures.set(closed);
  showUnit(unit);
  if (!assignment) {
    showWaiting(unit);
    return;
  }
  const [incident, route] = await Promise.all([api.get(`/incidents/${assignment.incident_id}`), way(assignment)]);
  const isNew = job?.assignment.id !== assignment.id;
  job = { assignment, incident, route };
  showJob(isNew);
}

/** The way may be refused (no road, no position): the job is shown all the same, with the reason. */
async function way(assignment) {
  try {
    return await api.get(`/assignments/${assignment.id}/route`);
  } catch (problem) {
    toastProblem(problem);
    return null;
  }
}

function showUnit(unit) {
  const state = unitState(unit);
  fill(find("#unit"), el("strong", {}, unit.call_sign), " ",
    el("span", { class: `badge tone-${state.tone}` }, icon(state.icon), state.word));
}

function showWaiting(unit) {
  if (job) routes.clear();
  job = null;
  sharing.stop();
  incidents.set([]);
  fill(find("#job"), renderDuty(unit, again));
}

function showJob(isNew) {
  fill(find("#job"), renderJob(job));
  incidents.set([{ ...job.incident }]);
  routes.clear();
  if (job.route) routes.show(job.route.route, { selected: true });
  if (isNew) {
    if (job.route) routes.fit();
    else showPlaces(map, [job.incident.location]);
    if (job.assignment.status === "dispatched") alert();
  }
  sharing.start();
}

const again = debounce(() => load().catch(toastProblem), 150);
onSteps(() => { if (job) fill(find("#job"), renderJob(job)); again(); });
live.on("assignment.", again);
live.on("incident.", again);
live.on("closure.", again);
live.on("unit.", again);
live.onResume(again);
live.onPositions((items) => {
  hearEtas(items);
  units.update(items.filter((p) => p.unit_id === me.unit_id));
});

const WORDS = {
  off: ["power", t("Position is sent only during an assignment.")],
  searching: ["refresh", t("Looking for the position…")],
  sent: ["check", t("Position sent")],
  waiting: ["offline", t("No connection: positions wait and are sent later.")],
  refused: ["warning", t("The server refused the position.")],
  denied: ["warning", t("This phone does not allow the position. Allow it in the browser's settings.")],
  none: ["warning", t("This phone has no position.")],
};
sharing.onState(({ code, at, waiting }) => {
  const [drawing, words] = WORDS[code];
  fill(find("#position"), icon(drawing), " ", words,
    code === "sent" && at ? [" ", el("span", { dataset: { ago: at } }, ago(at))] : "",
    waiting ? ` (${waiting})` : "");
});

async function start() {
  if (me.unit_id) {
    await load();
    const { items } = await api.get("/positions");
    units.update(items.filter((p) => p.unit_id === me.unit_id));
    if (!job) showPlaces(map, [units.get(me.unit_id)]);
    return;
  }
  fill(find("#job"), el("p", { class: "notice tone-amber" }, icon("info"),
    t("This page is for a crew: sign in with a crew's name, or choose a unit.")), await chooser());
}

/** Supervisors have no unit of their own: they choose one to look at. */
async function chooser() {
  const { items } = await api.get("/units");
  const choice = el("select", { class: "input", "aria-label": t("Unit"), onchange: () => {
    me.unit_id = Number(choice.value);
    load().catch(toastProblem);
  } }, el("option", { value: "" }, t("Choose a unit")),
  items.map((u) => el("option", { value: u.id }, `${u.call_sign} ${u.busy ? `· ${u.incident_number}` : ""}`)));
  return choice;
}
await start().catch(toastProblem);
document.body.dataset.ready = "yes";
