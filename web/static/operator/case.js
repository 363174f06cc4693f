/** One case: the procedure line, what is known, who is on it, what comes next; follows the record by itself. */
import { api } from "../shared/api.js";
import { button, debounce, el, fill, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { renderProcedure } from "../shared/procedure.js";
import { notePromise } from "../shared/promise.js";
import { sceneBox } from "../shared/scene.js";
import { toastProblem } from "../shared/toast.js";
import { offerUndo } from "../shared/undo.js";
import { showPlaces } from "../map/map.js";
import { unitAsPosition } from "../map/units.js";
import { actButtons } from "./acts.js";
import { callsPart, deliveryPart, headPart, historyPart, intervalsPart, placePart, referralsPart, reportPart, unitsPart } from "./case_parts.js";
import { chatPanel } from "../shared/chat.js";
import { closingForm } from "./closing.js";
import { relocateForm } from "./relocate.js";
import { state, watch } from "./state.js";

let current = null;
const mayPromise = () => state.me.permissions.includes("handovers.make");
const mayTalk = () => state.me.permissions.includes("chat.use");
watch("event", (event) => { if (event.incident_id && event.incident_id === current?.id) current.reload(); });
watch("units", () => current?.redrawUnits());

/** caseView(box, incidentId, desk) → {destroy(), point({lon, lat})} */
export function caseView(box, incidentId, desk) {
  let incident = null;
  let events = [];
  let left = false;
  let moving = null;
  let closing = null;
  const slots = Object.fromEntries(["head", "closing", "place", "known"].map((name) => [name, el("div", { class: "case-slot" })]));
  const units = el("div", {});
  const chat = mayTalk() ? chatPanel({ incidentId, me: state.me }) : null;
  const foot = el("div", { class: "work-foot" });
  fill(box, el("div", { class: "work-scroll" }, slots.head, slots.closing, slots.place, units, chat?.node ?? "", slots.known), foot);

  const again = () => { desk.refresh(); reload(); };
  const may = (verb) => incident?.allowed.includes(verb);
  const act = (fn) => fn().then(() => { desk.refresh(); reload(); }).catch(toastProblem);
  const verify = () => may("verify") && act(() => api.post(`/incidents/${incidentId}/verify`).then(() => offerUndo([incident.number, t("Verified")].join(": "), `/incidents/${incidentId}`, again)));
  const mayRefer = () => may("refer") || may("verify");
  const promise = () => mayPromise() && incident && notePromise(incident).then((made) => made && reload());
  const refer = () => mayRefer() && desk.show({ type: "refer", id: incidentId });

  function startMoving() {
    moving = relocateForm(incident, desk, (saved) => {
      moving.destroy();
      moving = null;
      drawPlace();
      if (saved) reload();
    });
    fill(slots.place, moving.node);
    moving.focus();
  }

  function drawPlace() {
    if (moving) return;
    fill(slots.place, placePart(incident, [
      may("verify") && button(t("Verify"), verify, { icon: "check", tone: "good", key: "V" }),
      may("relocate") && button(t("Move"), startMoving, { icon: "pin", key: "M" }),
      el("a", { class: "button button-quiet", href: `/replay?incident=${incidentId}` }, icon("clock"), el("span", {}, t("Replay"))),
      button(t("Show on the map"), () => showPlaces(desk.map, [incident.location]), { icon: "map", tone: "quiet" })].filter(Boolean)));
  }

  function drawFoot() {
    const first = mayRefer() && button(incident.referrals.length ? t("Refer to more agencies") : t("Refer to agencies"), refer,
      { icon: "send", tone: incident.referrals.length ? null : "primary", key: "R" });
    const noted = mayPromise() && button(t("Note a promise"), promise, { icon: "flag", tone: "quiet", key: "J" });
    const online = incident.calls.filter((c) => c.answered_at && !c.ended_at);
    const acts = actButtons(incident, () => { desk.refresh(); reload(); });
    foot.hidden = !first && !noted && !online.length && !acts.length;
    fill(foot, el("div", { class: "actions" }, first, noted, online.map((c) => button(t("Hang up"), () => act(() => api.post(`/calls/${c.id}/end`)), { icon: "phone-off", key: "F10" }))),
      acts.length > 0 && el("div", { class: "actions actions-small" }, acts));
  }

  function draw() {
    fill(slots.head, headPart(incident), renderProcedure(incident.procedure),
      incident.duplicate_of && el("p", { class: "notice tone-grey" }, icon("duplicate"),
        button(t("Repeats another incident: open it"), () => desk.show({ type: "case", id: incident.duplicate_of }), { tone: "quiet" })));
    if (!may("close")) closing = null;
    else closing ??= closingForm(incident, () => { desk.refresh(); reload(); });
    fill(slots.closing, closing);
    drawPlace();
    redrawUnits();
    fill(slots.known, sceneBox(incidentId), referralsPart(incident, again), callsPart(incident, again), intervalsPart(incident), reportPart(incident, again), deliveryPart(incident), historyPart(events, incident));
    drawFoot();
  }

  function redrawUnits() {
    if (incident) fill(units, unitsPart(incident, (id) => desk.units.focus(id), again));
  }

  async function load(first) {
    try {
      const [detail, history] = await Promise.all([api.get(`/incidents/${incidentId}`), api.get(`/incidents/${incidentId}/history`)]);
      if (left) return;
      incident = detail;
      events = history.items;
      draw();
      if (first) showPlaces(desk.map, [incident.location, ...incident.assignments.map((a) => state.units.get(a.unit.id)).filter(Boolean).map(unitAsPosition)]);
    } catch (problem) {
      toastProblem(problem);
      if (!left && problem.status === 404) desk.show({ type: "welcome" });
    }
  }
  const reload = debounce(() => load(false), 150);

  current = { id: incidentId, reload, redrawUnits };
  desk.incidents.select(incidentId);
  const offKeys = keys({
    V: { run: verify, label: t("Verify the place and the emergency") },
    R: { run: refer, label: t("Refer to agencies") },
    M: { run: () => { if (may("relocate") && !moving) startMoving(); }, label: t("Move the place") },
    F10: { run: () => { const c = incident?.calls.find((one) => one.answered_at && !one.ended_at); if (c) act(() => api.post(`/calls/${c.id}/end`)); }, label: t("Hang up") },
    J: { run: promise, label: t("Note a promise") },
    C: { run: () => chat?.focus(), label: t("Write in the chat of this case") },
    Escape: { run: () => desk.show({ type: "welcome" }), label: t("Close this case") },
    "Ctrl+Enter": () => { if (closing) closing.requestSubmit(); },
  });
  load(true);
  return {
    point: (place) => moving?.point(place),
    destroy() {
      left = true;
      current = null;
      chat?.destroy();
      offKeys();
      moving?.destroy();
      desk.incidents.select(null);
    },
  };
}
