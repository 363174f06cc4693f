/** The intake of one call: who, where, what; nothing typed is ever lost; ends in an incident or one key. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, debounce, el, fill, find, findAll, icon } from "../shared/dom.js";
import { clearProblems, showProblem } from "../shared/form.js";
import { t } from "../shared/i18n.js";
import { keys } from "../shared/keys.js";
import { ageSeconds, duration, onSecond } from "../shared/time.js";
import { priorityName } from "../shared/status.js";
import { toast, toastProblem } from "../shared/toast.js";
import { showPlaces } from "../map/map.js";
import { DISPOSITIONS, closeCall, dispositionButtons } from "./dispositions.js";
import { draftOf } from "./drafts.js";
import { kindLabel, searchKinds } from "./kinds.js";
import { nearbyBox } from "./nearby.js";
import { isName, pinAccuracy, placeLine, searchPlaces } from "./places.js";

const HANDOVER_TARGET_S = 60;
const HANDOVER_WARN_S = 45;

/** How long since the call was answered, green, then amber, then red: a minute is the aim. */
export function handoverClock(since) {
  const node = el("span", { class: "handover-clock", title: t("Since the call was answered; aim: under one minute") }, icon("clock"), el("span", {}));
  const show = () => {
    const s = ageSeconds(since);
    const tone = s >= HANDOVER_TARGET_S ? "red" : s >= HANDOVER_WARN_S ? "amber" : "green";
    node.className = `handover-clock tone-${tone}`;
    node.lastElementChild.textContent = duration(s);
  };
  show();
  return { node, stop: onSecond(show) };
}

function textField(name, label, value, attrs = {}) {
  const input = attrs.rows ? el("textarea", { name, id: `in-${name}`, ...attrs }) : el("input", { name, id: `in-${name}`, autocomplete: "off", ...attrs });
  input.value = value ?? "";
  return el("div", { class: "field" }, el("label", { for: `in-${name}` }, label), input);
}

function buildForm(call, values) {
  const location = el("input", { name: "location", id: "in-location", placeholder: t("Street, place, coordinates or plus code"), "aria-label": t("Search the place") });
  const kind = el("input", { name: "kind", id: "in-kind", placeholder: t("Type a number or letters"), "aria-label": t("Kind of emergency") });
  location.value = values.search;
  kind.value = values.kind ? kindLabel(values.kind) : values.kind_text;
  const verified = el("input", { type: "checkbox", name: "verified", id: "in-verified" });
  verified.checked = values.verified;
  return el("form", { novalidate: true, class: "work-scroll", id: "intake" },
    el("div", { class: "fields-2" },
      textField("caller_number", t("Caller's number"), values.caller_number, { inputmode: "tel" }),
      textField("caller_name", t("Caller's name"), values.caller_name)),
    el("div", { class: "field" }, el("label", { for: "in-location" }, t("Where is it?"), el("kbd", {}, "F4")),
      el("div", { class: "combo" }, location), el("div", { dataset: { place: "" } })),
    el("label", { class: "check verify-check", for: "in-verified" }, verified,
      el("span", {}, t("Place and emergency verified with the caller")), el("kbd", {}, "F8")),
    textField("address", t("Address or directions"), values.address, { maxlength: 300 }),
    el("div", { dataset: { nearby: "" } }),
    el("div", { class: "kind-priority" },
      el("div", { class: "field" }, el("label", { for: "in-kind" }, t("What is happening?"), el("kbd", {}, "F6")), el("div", { class: "combo" }, kind)),
      el("div", { class: "field" }, el("span", { class: "field-label", id: "priority-label" }, t("Priority")),
        el("div", { class: "segments priority-pick", role: "radiogroup", "aria-labelledby": "priority-label" },
          [1, 2, 3, 4].map((n) => {
            const radio = el("input", { type: "radio", name: "priority", value: String(n) });
            radio.checked = values.priority === n;
            return el("label", { title: priorityName(n) }, radio, `P${n}`);
          })))),
    textField("description", t("What the caller says"), values.description, { rows: 2, maxlength: 4000 }),
    textField("needs", t("Needs (injured, trapped, equipment)"), values.needs, { maxlength: 1000 }));
}

/** intakeView(box, call, desk) → {destroy(), focus(), point({lon, lat})}; desk = {map, pin, show(view), refresh()} */
export function intakeView(box, call, desk) {
  const draft = draftOf(call);
  const { values } = draft;
  const form = buildForm(call, values);
  const clockFace = handoverClock(call.answered_at ?? call.received_at);
  const nearby = nearbyBox({ link, look: (incident) => showPlaces(desk.map, [incident.location, values.place]) });
  find("[data-nearby]", form).replaceWith(nearby.node);
  let busy = false;
  let left = false;

  const save = button(t("Save and refer"), null, { type: "submit", form: "intake", tone: "primary", icon: "send", key: "Ctrl+Enter" });
  const endings = dispositionButtons(dispose);
  fill(box,
    el("div", { class: "work-foot" }, el("div", { class: "call-head" },
      el("span", { class: "card-number" }, call.caller_number ?? t("New call")), clockFace.node,
      call.ended_at ? el("span", { class: "badge tone-grey" }, icon("phone-off"), t("Ended"))
        : button(t("Hang up"), hangUp, { icon: "phone-off", key: "F10" }))),
    form,
    el("div", { class: "work-foot" }, el("div", { class: "actions" }, save), endings));

  function setPlace(place, { view = false } = {}) {
    draft.save({ place });
    clearProblems(form);
    drawPlace();
    if (view) showPlaces(desk.map, [place]);
  }
  /** With a place and a kind it is an incident: the keys still work, the buttons make room. */
  const makeRoom = () => { endings.hidden = Boolean(values.place && values.kind); };

  function drawPlace() {
    makeRoom();
    fill(find("[data-place]", form), placeLine(values.place));
    if (!values.place) {
      desk.pin.clear();
      nearby.clear();
      return;
    }
    desk.pin.set(values.place);
    lookNearby();
  }
  const lookNearby = debounce(() => { if (!left && values.place) nearby.show(values.place, values.kind); }, 80);

  function setPriority(n, chosen) {
    draft.save({ priority: n, priority_chosen: chosen });
    findAll("[name=priority]", form).forEach((radio) => { radio.checked = radio.value === String(n); });
  }

  searchPlaces(form.elements.location, {
    near: () => { const c = desk.map.getCenter(); return { lon: c.lng, lat: c.lat }; },
    pick: (place) => {
      form.elements.location.value = place.label;
      if (!form.elements.address.value && isName(place)) form.elements.address.value = place.label;
      draft.save({ search: place.label, address: form.elements.address.value });
      setPlace(place, { view: true });
      form.elements.kind.focus();
    },
  });
  searchKinds(form.elements.kind, {
    pick: (kind) => {
      form.elements.kind.value = kindLabel(kind.code);
      draft.save({ kind: kind.code, kind_text: "" });
      if (!values.priority_chosen) setPriority(kind.default_priority, false);
      clearProblems(form);
      makeRoom();
      lookNearby();
      form.elements.description.focus();
    },
  });

  form.addEventListener("input", (event) => {
    const { name, value, checked } = event.target;
    if (name === "kind") draft.save({ kind: null, kind_text: value });
    else if (name === "location") draft.save({ search: value });
    else if (name === "verified") draft.save({ verified: checked });
    else if (name === "priority") setPriority(Number(value), true);
    else draft.save({ [name]: value });
  });
  // Enter goes on to the next box; only Ctrl+Enter saves, so that nobody saves half a story by habit.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.defaultPrevented || event.target.matches("textarea, button")) return;
    event.preventDefault();
    const order = findAll("input:not([type=radio]), textarea", form);
    order[order.indexOf(event.target) + 1]?.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record();
  });

  async function record() {
    if (busy) return;
    if (!values.place) {
      showProblem(form, { field: "location", detail: t("Set the place: search for it, or click on the map.") });
      return;
    }
    if (!values.kind) {
      showProblem(form, { field: "kind", detail: t("Choose what is happening from the list.") });
      return;
    }
    busy = true;
    save.disabled = true;
    try {
      const { lon, lat, accuracy_m, method } = values.place;
      const incident = await api.post("/incidents", {
        call_id: call.id, kind: values.kind, priority: values.priority, description: values.description.trim(),
        needs: values.needs.trim() || null, lon, lat, accuracy_m, method, address: values.address.trim() || null,
        caller_name: values.caller_name.trim() || null, caller_number: values.caller_number.trim() || null, verified: values.verified,
      });
      draft.clear();
      desk.refresh();
      desk.show({ type: "refer", id: incident.id });
    } catch (problem) {
      showProblem(form, problem, { lon: "location", lat: "location", call_id: "caller_number" });
    } finally {
      busy = false;
      save.disabled = false;
    }
  }

  async function link(incident) {
    const linked = await ask({
      title: t("Add this call to {number}?", { number: incident.number }), icon: "link", confirm: t("Add the call"),
      text: t("The call becomes one more report about the incident that is already open. No new incident is made."),
      submit: () => api.post(`/incidents/${incident.id}/calls`, { call_id: call.id }).then(() => true),
    });
    if (!linked) return;
    draft.clear();
    desk.refresh();
    toast(t("Call added to {number}.", { number: incident.number }), "good");
    desk.show({ type: "case", id: incident.id });
  }

  function hangUp() {
    if (call.ended_at) return;
    api.post(`/calls/${call.id}/end`).then(({ ended_at }) => {
      call.ended_at = ended_at;
      toast(t("Call ended. The intake stays open."), "info");
      desk.refresh();
    }).catch(toastProblem);
  }

  function dispose(code) {
    closeCall(call, code, {
      note: values.description.trim() || null,
      undone: () => { desk.refresh(); desk.show({ type: "draft", id: call.id }); },
      done: () => { draft.clear(); desk.refresh(); },
    });
    desk.refresh();
    desk.show({ type: "welcome" });
  }

  const toggleVerified = () => {
    const { verified } = form.elements;
    verified.checked = !verified.checked;
    draft.save({ verified: verified.checked });
  };
  const focus = (name) => () => { form.elements[name].focus(); form.elements[name].select?.(); };
  const letters = Object.entries(DISPOSITIONS).flatMap(([code, letter]) => [
    [letter, () => dispose(code)], [`Alt+${letter}`, { run: () => dispose(code), label: t("Close the call without an incident") }]]);
  const offKeys = keys({
    F4: { run: focus("location"), label: t("Search the place") },
    F6: { run: focus("kind"), label: t("Kind of emergency") },
    F8: { run: toggleVerified, label: t("Verified, yes or no (V when not typing)") },
    V: toggleVerified,
    F9: { run: () => { if (nearby.first()) link(nearby.first()); }, label: t("This call is about the first incident nearby") },
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [String(n), () => setPriority(n, true)])),
    ...Object.fromEntries(letters),
    F10: { run: hangUp, label: t("Hang up") },
    "Ctrl+Enter": { run: () => form.requestSubmit(), label: t("Save and refer") },
  });

  drawPlace();
  if (values.place) showPlaces(desk.map, [values.place]);
  desk.pin.enable(true);

  return {
    focus() {
      const { caller_number, location, kind, description } = form.elements;
      (!values.caller_number ? caller_number : !values.place ? location : !values.kind ? kind : description).focus();
    },
    point: ({ lon, lat }) => {
      setPlace({ lon, lat, method: "pin", accuracy_m: pinAccuracy(desk.map), label: "" });
      if (document.activeElement === form.elements.location) form.elements.location.blur();
    },
    destroy() {
      left = true;
      clockFace.stop();
      offKeys();
      desk.pin.clear();
      desk.pin.enable(false);
    },
  };
}
