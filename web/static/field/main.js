/** The crew's page: my unit, my assignment, my way, my position; with a signal and without. */
import { api, getReference } from "../shared/api.js";
import { debounce, el, fill, find, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { hearEtas } from "../shared/eta.js";
import { live } from "../shared/live.js";
import { unitState } from "../shared/status.js";
import { alert } from "../shared/sound.js";
import { toastProblem } from "../shared/toast.js";
import { mapLayers } from "../map/layers.js";
import { createMap, showPlaces } from "../map/map.js";
import { closureLayer } from "../map/closures.js";
import { incidentLayer } from "../map/incidents.js";
import { routeLayer } from "../map/routes.js";
import { unitLayer } from "../map/units.js";
import { awake } from "./awake.js";
import { askChat } from "./chat.js";
import { renderDuty } from "./duty.js";
import { install } from "./install.js";
import { renderJob } from "./job.js";
import { flush, isOwn, onOutbox, onTaken } from "./outbox.js";
import { sayOthers } from "./others.js";
import { learn, picture } from "./picture.js";
import { sharing } from "./position.js";
import { showPictureAge, showStanding } from "./standing.js";
import { keepMap } from "./way.js";
import { user } from "./who.js";
import "./moves.js";

const { me, assignment_steps: ahead } = await getReference();
const map = createMap(find("#map"), { scale: false });
const closures = closureLayer(map);
const incidents = incidentLayer(map);
const routes = routeLayer(map);
const units = unitLayer(map);

mapLayers(map, { own: { incidents, units, closures } }).catch(toastProblem);

let seen = null;
let shownJob = null;
/** How many times the server has taken something that was pressed here. */
let taken = 0;

async function openAssignment() {
  const { items } = await api.get("/assignments", { state: "open", unit_id: me.unit_id });
  return items[0] ?? null;
}

/** Everything this page shows, as the server has it now. */
async function ask() {
  const [unit, assignment, closed] = await Promise.all([
    api.get(`/units/${me.unit_id}`), openAssignment(), api.get("/closures", { active: true })]);
  if (!assignment) return { unit, closed, job: null };
  const [incident, route, scene, chat] = await Promise.all([
    api.get(`/incidents/${assignment.incident_id}`), way(assignment), api.get(`/incidents/${assignment.incident_id}/scene`),
    askChat(assignment.incident_id)]);
  return { unit, closed, job: { assignment, incident, route, scene, chat } };
}

async function load() {
  try {
    const before = taken;
    const now = await ask();
    // Asked before something pressed was taken, answered after it: older than what we know.
    if (taken !== before) {
      again();
      return;
    }
    seen = now;
    await picture.save(user, seen);
    showPictureAge(null);
  } catch (problem) {
    if (problem.status !== 0 && problem.status < 500 && problem.status !== 401) throw problem;
    seen ??= await picture.load(user);
    if (!seen) throw problem;
    const { saved_at = new Date().toISOString() } = (await picture.load(user)) ?? {};
    showPictureAge(saved_at);
  }
  show();
}

/** The way may be refused (no road, no position): the job is shown all the same, with the reason. */
async function way(assignment) {
  try {
    return await api.get(`/assignments/${assignment.id}/route`);
  } catch (problem) {
    if (problem.status === 0) throw problem;
    toastProblem(problem);
    return null;
  }
}

function show() {
  closures.set(seen.closed);
  const state = unitState(seen.unit);
  fill(find("#unit"), el("strong", {}, seen.unit.call_sign), " ",
    el("span", { class: `badge tone-${state.tone}` }, icon(state.icon), state.word));
  draw();
  if (seen.job) showPlace(seen.job);
  else {
    routes.clear();
    incidents.set([]);
    shownJob = null;
  }
  awake.want(Boolean(seen.job));
  if (seen.job) sharing.start();
  else sharing.stop();
}

/** The card alone: also after every press, when nothing new was asked of the server. */
function draw() {
  if (!seen) return;
  // What somebody opened to read stays open.
  const opened = [...document.querySelectorAll("#job details[open][data-keep]")].map((node) => node.dataset.keep);
  fill(find("#job"), seen.job ? renderJob(seen.job, { ahead, me, draw }) : renderDuty(seen.unit, draw));
  for (const node of document.querySelectorAll("#job details[data-keep]")) node.open = opened.includes(node.dataset.keep);
}

function showPlace({ assignment, incident, route }) {
  const isNew = shownJob !== assignment.id;
  shownJob = assignment.id;
  incidents.set([{ ...incident }]);
  routes.clear();
  if (route) routes.show(route.route, { selected: true });
  if (isNew) {
    if (route) routes.fit();
    else showPlaces(map, [incident.location]);
    if (assignment.status === "dispatched") alert();
  }
  keepMap(assignment, route).catch(console.error);
}

/** The server took what was pressed, and said how things are now. */
onTaken(async (entry, answer) => {
  taken += 1;
  if (!seen) return;
  learn(seen, entry, answer);
  await picture.save(user, seen);
});

const again = debounce(() => load().catch(toastProblem), 150);
onOutbox(draw);
onOutbox(again);

live.on("assignment.", (event) => {
  if (event.unit_id === me.unit_id && !isOwn(event.data?.report)) sayOthers(event, ahead);
  again();
});
live.on("chat.", (event) => {
  if (event.actor_id !== me.id) alert();
  again();
});
for (const kind of ["incident.", "closure.", "unit."]) live.on(kind, again);
live.onResume(() => { flush(); again(); });
live.onPositions((items) => {
  hearEtas(items);
  units.update(items.filter((p) => p.unit_id === me.unit_id));
});
addEventListener("online", again);

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

async function start() {
  install();
  showStanding();
  if (!me.unit_id) {
    fill(find("#job"), el("p", { class: "notice tone-amber" }, icon("info"),
      t("This page is for a crew: sign in with a crew's name, or choose a unit.")), await chooser());
    return;
  }
  await load();
  const { items } = await api.get("/positions").catch(() => ({ items: [] }));
  units.update(items.filter((p) => p.unit_id === me.unit_id));
  if (!seen.job) showPlaces(map, [units.get(me.unit_id)]);
}

await start().catch(toastProblem);
document.body.dataset.ready = "yes";
