/** The operator console: puts queue, map and work together, and keeps the ring going while a call waits. */
import { api, getReference } from "../shared/api.js";
import { el, fill, find, findAll, icon, on } from "../shared/dom.js";
import { shiftCorner } from "../shared/chat-corner.js";
import { draft } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { live } from "../shared/live.js";
import { allowed, onSoundAllowed, ring } from "../shared/sound.js";
import { markTitle } from "../shared/title.js";
import { toast, toastProblem } from "../shared/toast.js";
import { closureLayer } from "../map/closures.js";
import { incidentLayer } from "../map/incidents.js";
import { map } from "../map/first.js";
import { mapLayers } from "../map/layers.js";
import { pinLayer } from "../map/pin.js";
import { unitLayer } from "../map/units.js";
import { caseView } from "./case.js";
import { showCounts } from "./counts.js";
import { closeCall, undoLast } from "./dispositions.js";
import { undoStep } from "../shared/undo.js";
import { draftOf } from "./drafts.js";
import { intakeView } from "./intake.js";
import { deliveriesView } from "./deliveries.js";
import { followLateness } from "./late.js";
import { callsInHand, makeQueue, missedCalls, waitingCalls } from "./queue.js";
import { referView } from "./refer.js";
import { follow, isMine, refreshCalls, refreshIncidents, state, unitPositions, watch } from "./state.js";

const RING_EVERY_MS = 3000;
const root = find("#operator");
const work = find("#work");
const kept = draft("operator-view");
const before = kept.load();

state.reference = await getReference();
state.me = state.reference.me;

let view = { type: "welcome" };
let open = null;
let restored = false;

const desk = {
  map,
  units: unitLayer(map, {}),
  incidents: incidentLayer(map, { onPick: (incident) => show({ type: "case", id: incident.id }) }),
  pin: pinLayer(map, { onMove: (place) => open?.point?.(place) }),
  refresh() { refreshCalls(); refreshIncidents(); queue.draw(); },
  show,
};
desk.pin.enable(false);
const closures = closureLayer(map);
const openLate = () => show({ type: "late" });
const lateView = followLateness({ lead: state.me.role === "lead_operator", openList: openLate, openCase: (id) => show({ type: "case", id }) });
const queue = makeQueue({ answer, openCall: (call) => show({ type: "draft", id: call.id }), dropCall, openIncident: (id) => show({ type: "case", id }), view: () => view });

function dropCall(call) {
  closeCall(call, "terputus", { undone: desk.refresh, done: desk.refresh });
  desk.refresh();
}

function welcome(box) {
  fill(box, el("div", { class: "welcome" }, icon("headset", { large: true }), el("h2", {}, t("Ready for the next call")),
    el("p", {}, t("Enter or F3 answers the call that waits longest. F2 starts a call that came another way.")),
    el("p", {}, t("Press ? to see every key of this screen."))));
  return {};
}

function myCalls() {
  return callsInHand().filter(isMine);
}

/** Tabs over the work column as soon as there is more than one thing in hand. */
function drawTabs() {
  const calls = myCalls();
  const tabs = find(".work-tabs", work);
  if (!tabs) return;
  tabs.hidden = calls.length < 2 && !(calls.length === 1 && view.type !== "draft");
  fill(tabs, calls.map((call) => el("button", { type: "button", role: "tab", "aria-selected": String(view.type === "draft" && view.id === call.id),
    onclick: () => show({ type: "draft", id: call.id }) }, icon("phone"), draftOf(call).values.caller_number || t("Unknown number"))));
}

/** Put one thing into the work column: a draft, a referral, a case, or nothing. */
function show(next) {
  open?.destroy?.();
  view = next;
  if (restored || view.type !== "welcome") kept.save(view); // what was open before a reload may still come back
  const box = el("div", { class: "work-box" });
  fill(work, el("div", { class: "work-tabs", role: "tablist", "aria-label": t("Calls in hand") }), box);
  const call = view.type === "draft" ? state.calls.find((c) => c.id === view.id) : null;
  if (call) open = intakeView(box, call, desk);
  else if (view.type === "refer") open = referView(box, view.id, desk);
  else if (view.type === "case") open = caseView(box, view.id, desk);
  else if (view.type === "late") open = lateView(box);
  else if (view.type === "deliveries") open = deliveriesView(box, (id) => show({ type: "case", id }));
  else {
    view = { type: "welcome" };
    open = welcome(box);
  }
  drawTabs();
  queue.draw();
  if (view.type !== "welcome") tab("work");
  open?.focus?.(); // at once: what is typed meanwhile would go nowhere
}

async function answer(call) {
  // What is typed from now on belongs to the new call, not to the one on the screen.
  document.activeElement?.blur();
  try {
    const answered = await api.post(`/calls/${call.id}/answer`);
    state.calls = [...state.calls.filter((c) => c.id !== call.id), answered];
    show({ type: "draft", id: call.id });
  } catch (problem) {
    toastProblem(problem);
    refreshCalls();
  }
}

async function newCall() {
  document.activeElement?.blur();
  try {
    const call = await api.post("/calls", { channel: "phone" });
    await answer(call);
  } catch (problem) {
    toastProblem(problem);
  }
}

function answerNext() {
  const next = waitingCalls()[0];
  if (!next) return false;
  answer(next);
  return true;
}

function switchDraft() {
  const calls = myCalls();
  if (!calls.length) return;
  const at = calls.findIndex((c) => view.type === "draft" && c.id === view.id);
  show({ type: "draft", id: calls[(at + 1) % calls.length].id });
}

function tab(name) {
  root.dataset.tab = name;
  findAll("[data-tab-button]").forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.tabButton === name)));
}

keys({
  F2: { run: newCall, label: t("New call") },
  F3: { run: () => { if (!answerNext()) toast(t("No call is waiting."), "info"); }, label: t("Answer the call that waits longest") },
  Enter: { run: (event) => (view.type === "welcome" && (event.target === document.body || event.target.matches("main, #work, #map")) ? answerNext() : false), label: t("Answer, when nothing else is in hand") },
  "Shift+F8": { run: openLate, label: t("What is late") },
  "Shift+F9": { run: () => show({ type: "deliveries" }), label: t("What waits for the data centre") },
  F7: { run: switchDraft, label: t("Next call in hand") },
  U: { run: () => desk.units.next(), label: t("Next unit on the map; Enter follows it, Esc lets it go") },
  Z: { run: () => undoLast() || undoStep(), label: t("Take back the last step") },
});
on("#new-call", "click", newCall);
on("[data-tab-button]", "click", (event, target) => tab(target.dataset.tabButton));
on("[data-map-button]", "click", (event, target) => {
  target.setAttribute("aria-pressed", String(root.classList.toggle("has-map")));
});

async function loadClosures() {
  try {
    closures.set(await api.get("/closures", { state: "active" }));
  } catch (problem) {
    toastProblem(problem);
  }
}
live.on("closure.", loadClosures);
live.onResume(loadClosures);

watch("incidents", () => desk.incidents.set(state.incidents));
watch("units", (items) => (items ? desk.units.update(items.map((p) => ({ ...p, busy: state.units.get(p.unit_id)?.busy }))) : desk.units.set(unitPositions())));
watch("calls", () => {
  drawTabs();
  if (restored) return;
  restored = true;
  if (view.type !== "welcome") return; // somebody was quicker than the list of calls
  // After a reload the same work is open again; a draft whose call is over is not.
  const mine = myCalls()[0];
  if (before?.type === "draft" && [...callsInHand(), ...missedCalls()].some((c) => c.id === before.id)) show(before);
  else if (before && ["case", "refer", "late", "deliveries"].includes(before.type)) show(before);
  else if (mine) show({ type: "draft", id: mine.id });
});

setInterval(() => {
  const ringing = waitingCalls().length > 0;
  markTitle("calls", ringing ? `(${waitingCalls().length})` : "");
  if (!ringing) return;
  if (allowed()) ring();
}, RING_EVERY_MS);
live.on("call.received", () => { if (allowed()) ring(); });

onSoundAllowed((yes) => {
  find("#sound-off")?.remove();
  if (yes) return;
  find(".topbar-extra").append(el("span", { id: "sound-off", class: "badge tone-amber", title: t("Browsers allow sound after the first key or click on the page.") },
    icon("sound-off"), t("Sound is off until you press a key")));
});

mapLayers(map, { own: { incidents: desk.incidents, units: desk.units, closures } }).catch(toastProblem);
show({ type: "welcome" });
tab("queue");
showCounts();
if (state.me.permissions.includes("chat.use")) shiftCorner();
follow();
loadClosures();
root.dataset.ready = "yes";
