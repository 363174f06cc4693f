/** The dispatcher's console: queue on the left, map in the middle, the case and its ranking on the right. */
import { api, getReference } from "../shared/api.js";
import { find } from "../shared/dom.js";
import { describe } from "../shared/events.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { live } from "../shared/live.js";
import { onSecond } from "../shared/time.js";
import { hearEtas } from "../shared/eta.js";
import { shiftCorner } from "../shared/chat-corner.js";
import { followLate } from "../shared/late.js";
import { alert } from "../shared/sound.js";
import { markTitle } from "../shared/title.js";
import { toast, toastProblem } from "../shared/toast.js";
import { whyPanel } from "../shared/why.js";
import { map } from "../map/first.js";
import { mapLayers } from "../map/layers.js";
import { showPlaces } from "../map/map.js";
import { undoStep } from "../shared/undo.js";
import { incidentLayer } from "../map/incidents.js";
import { routeLayer } from "../map/routes.js";
import { unitLayer } from "../map/units.js";
import { showAgencies } from "../shared/agency_choice.js";
import { closureDesk } from "./closures.js";
import { showCase } from "./case.js";
import { showChat } from "./chat.js";
import { showFleet } from "./fleet.js";
import { inOrder, isLate, showQueue, step } from "./queue.js";
import { rankingKeys, showRanking } from "./ranking.js";
import { stepKeys } from "./steps.js";
import { movesDesk } from "./moves.js";
import { undelivered } from "./undelivered.js";
import { caseKeys } from "./case.js";
import { desk, loadReferrals, loadUnits, rank, refresh, select, selected, when } from "./store.js";

const RING_EVERY_S = 6;
const RANK_AGAIN_S = 20;

const reference = await getReference();
const incidents = incidentLayer(map, { onPick: pickIncident });
const units = unitLayer(map);
const routes = routeLayer(map);
const whyRoute = routeLayer(map);
const closures = closureDesk(map, find("#closures"));

function pickIncident(incident) {
  const referral = desk.referrals.find((r) => r.incident_id === incident.id);
  if (referral) select(referral.id);
  else toast(t("{number} is not referred to this agency.", { number: incident.number }));
}

/** A line that is pointed at brings its way to the front, unless somebody reads why another one is where it is. */
function showRoute(row) {
  if (why.unitId === null) routes.select(`unit-${row.unit.id}`);
}

/** The way of the unit that is explained, drawn even where the list had none; its end brings the best one back. */
function showWhyRoute(answer, { first = false } = {}) {
  whyRoute.clear();
  if (answer?.route) whyRoute.show(answer.route, { label: answer.unit.call_sign });
  routes.select(answer ? null : `unit-${desk.ranking?.ranked[0]?.unit.id}`);
  if (first) whyRoute.fit({ paddingTopLeft: [40, 40], paddingBottomRight: [40, find("#why").offsetHeight + 50], maxZoom: 16 });
}

async function loadPositions() {
  const { items } = await api.get("/positions");
  hearEtas(items);
  units.set(items);
}

showQueue(find("#queue"), find("#queue-count"));
showCase(find("#case"));
const mayTalk = reference.me.permissions.includes("chat.use");
const writeChat = mayTalk ? showChat(find("#chat"), reference.me) : () => {};
if (mayTalk) shiftCorner();
const why = whyPanel(find("#why"), { onRoute: showWhyRoute });
const explain = (unit) => why.open(desk.ranking.recommendation_id, unit);
showRanking(find("#ranking"), { onShow: showRoute, onWhy: explain });
showFleet(find("#fleet"), { onPick: (unit) => units.focus(unit.id) });
mapLayers(map, { own: { incidents, units, closures: closures.drawn } }).catch(toastProblem);
const moves = movesDesk(map, find("#moves"));
const notTold = undelivered(find("#undelivered"));
const agency = showAgencies(find("#agency"), reference, start);

// What this desk owes is late here the very second it is due, whatever the server has told by then.
const late = followLate({ agency: () => desk.agency, onOpen: (row) => select(row.referral_id).catch(toastProblem) });
const openLate = () => { const [worst] = late.rows(); if (worst) select(worst.referral_id).catch(toastProblem); };

let fitted = null;
// The routes of the first five are drawn; the best one stands out.
when("ranking", () => {
  routes.clear();
  const rows = desk.ranking?.ranked.slice(0, 5) ?? [];
  for (const row of [...rows].reverse()) {
    routes.show(row.route, { key: `unit-${row.unit.id}`, selected: row === rows[0] && why.unitId === null, label: row.unit.call_sign });
  }
  if (desk.ranking?.recommendation_id) why.follow(desk.ranking.recommendation_id);
  else why.close();
  // The ways come into view once a case; after that the map is the dispatcher's.
  if (rows.length && fitted !== desk.selectedId) {
    fitted = desk.selectedId;
    routes.fit();
  }
});
let shown = null;
when("incident", () => {
  incidents.select(desk.incident?.id ?? null);
  if (!desk.incident || shown === desk.incident.id) return;
  shown = desk.incident.id;
  showPlaces(map, [desk.incident.location]);
});
when("incidents", () => incidents.set(desk.incidents));
when("referrals", () => {
  const waiting = desk.referrals.filter((r) => r.status === "sent").length;
  markTitle("waiting", waiting ? `(${waiting})` : "");
  // An empty desk opens the first case that arrives by itself; a case being worked on is never taken away.
  if (desk.selectedId === null && desk.referrals.length) select(inOrder(desk.referrals)[0].id).catch(toastProblem);
});

let second = 0;
onSecond(() => {
  second += 1;
  if (second % RING_EVERY_S === 0 && desk.referrals.some((r) => r.status === "sent")) alert();
  if (desk.referrals.some((r) => r.clock && isLate(r) && !late.rows().some((row) => row.referral_id === r.id))) late.refresh();
  if (second % RANK_AGAIN_S === 0 && desk.ranking && !document.hidden) rank().catch(toastProblem);
});

live.on("referral.sent", (event) => { if (event.agency_code === desk.agency) alert(); });
live.on("referral.", () => { refresh.referrals(); refresh.incident(); });
live.on("incident.", (event) => { refresh.referrals(); if (event.incident_id === desk.incident?.id) refresh.incident(); });
live.on("assignment.", (event) => {
  refresh.units();
  refresh.referrals();
  if (event.kind === "assignment.backup") {
    alert();
    toast(t("{actor} asks for help ({number}): {note}", { actor: event.actor, number: event.incident_number ?? "", note: event.data?.note ?? "" }), "error");
  }
  if (event.kind === "assignment.not_taken") {
    const { text, note } = describe(event);
    // The crew believes that it is known; a call for help is meant all the same.
    if (event.data.what === "backup") alert();
    toast(`${text}: ${note}`, event.data.what === "backup" ? "error" : "warning");
  }
  if (event.incident_id === desk.incident?.id) refresh.incident();
  refresh.ranking();
});
live.on("move.", () => { moves.load().catch(toastProblem); refresh.ranking(); });
live.on("notification.", (event) => { notTold.load(); if (event.kind === "notification.failed") alert(); });
live.on("incident.alarm", (event) => {
  if (!desk.referrals.some((r) => r.incident_id === event.incident_id)) return;
  alert();
  toast(t("Alarm {n}: {number}", { n: event.data?.to ?? "", number: event.incident_number ?? "" }), "warning");
  refresh.ranking();
});
live.on("unit.", () => { refresh.units(); refresh.ranking(); });
live.on("closure.", () => { closures.load().catch(toastProblem); refresh.ranking(); });
live.onPositions((items) => { hearEtas(items); units.update(items); });
live.onResume(() => {
  Object.values(refresh).forEach((again) => again());
  Promise.all([loadPositions(), closures.load(), moves.load(), notTold.load()]).catch(toastProblem);
});

keys({
  ...stepKeys,
  ...caseKeys,
  ...rankingKeys(explain),
  U: { label: t("Next unit on the map; Enter follows it, Esc lets it go"), run: () => units.next() },
  Escape: { label: t("Close the explanation"), run: () => why.close() },
  Z: { label: t("Take back the last step"), run: () => undoStep() },
  ArrowDown: { label: t("Next referral"), run: () => step(1) },
  ArrowUp: { label: t("Previous referral"), run: () => step(-1) },
  C: { label: t("Write in the chat of this case"), run: () => writeChat() },
  "Shift+F8": { label: t("Open what is late"), run: openLate },
  F6: { label: t("Close an area on the map"), run: () => { closures.draw("polygon"); } },
  F7: { label: t("Close a street on the map"), run: () => { closures.draw("line"); } },
  F9: { label: t("Close a road by picking it"), run: () => { closures.pick(); } },
  F8: { label: t("Close an area with the keyboard"), run: () => { closures.draw("polygon", { keyboard: true }); } },
});

async function start(agencyCode) {
  desk.agency = agencyCode;
  late.refresh();
  await Promise.all([loadReferrals(), loadUnits(), loadPositions(), closures.load(), moves.load(), notTold.load()]);
  await select(selected() ? desk.selectedId : null);
}
await start(agency).catch(toastProblem);
document.body.dataset.ready = "yes";
