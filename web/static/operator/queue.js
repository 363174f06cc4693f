/** The left column: calls that ring and count, calls in hand, open incidents with whose turn it is. */
import { button, el, fill, find, icon } from "../shared/dom.js";
import { unreadBadge, unreadOf, watchUnread } from "../shared/chat.js";
import { localName, t } from "../shared/i18n.js";
import { ageSeconds, ago, duration, onSecond } from "../shared/time.js";
import { alarmBadge } from "../shared/alarm.js";
import { badge, iconName, priorityBadge, status } from "../shared/status.js";
import { closing } from "./dispositions.js";
import { answerTarget, isMine, state, watch } from "./state.js";

const MINE = new Set(["received", "verified", "reopened", "resolved"]);
const CHANNELS = {
  phone: t("Telephone"), telephony: t("Telephone"), sms: t("SMS"), app: t("App"), radio: t("Radio"),
  walk_in: t("At the desk"), social_media: t("Social media"),
};

export const waitingCalls = () => state.calls.filter((c) => !c.answered_at && !c.ended_at && !c.disposition)
  .sort((a, b) => a.received_at.localeCompare(b.received_at));
/** Callers who hung up before anybody answered: to be called back, or closed as dropped. */
export const missedCalls = () => state.calls.filter((c) => !c.answered_at && c.ended_at && !c.disposition && !closing.has(c.id));
export const callsInHand = () => state.calls.filter((c) => c.answered_at && !c.disposition && !c.incident_id
  && !closing.has(c.id));

function ringCard(call, answer) {
  const card = el("article", { class: "card card-ring", dataset: { ring: call.received_at, call: call.id } },
    el("div", { class: "card-line" }, icon("phone-ring"),
      el("span", { class: "card-number card-title" }, call.caller_number ?? t("Unknown number")),
      el("span", { class: "card-end card-wait", dataset: { wait: "" } }, "")),
    el("p", { class: "card-address" }, [CHANNELS[call.channel] ?? call.channel, call.caller_name].filter(Boolean).join(" · ")),
    button(t("Answer"), () => answer(call), { icon: "phone", tone: "good", key: "F3" }));
  count(card);
  return card;
}

function count(card) {
  const waited_s = Math.floor(ageSeconds(card.dataset.ring));
  card.querySelector("[data-wait]").textContent = waited_s < 600 ? t("{s} s", { s: waited_s }) : ago(card.dataset.ring);
  card.classList.toggle("is-late", waited_s > answerTarget());
}

function missedCard(call, opened, open, drop) {
  const waited_s = (Date.parse(call.ended_at) - Date.parse(call.received_at)) / 1000;
  return el("article", { class: `card card-missed tone-amber${opened ? " is-open" : ""}`, dataset: { call: call.id } },
    el("div", { class: "card-line" }, icon("phone-off"), el("span", { class: "card-title card-number" }, call.caller_number ?? t("Unknown number")),
      el("span", { class: "card-end", dataset: { ago: call.ended_at } }, ago(call.ended_at))),
    el("p", { class: "card-address" }, t("hung up after {time}, nobody answered", { time: duration(waited_s) })),
    el("div", { class: "actions" }, button(t("Called back"), () => open(call), { icon: "phone" }), button(t("Close as dropped"), () => drop(call), {})));
}

function handCard(call, opened, open) {
  return el("button", { type: "button", class: `card tone-green${opened ? " is-open" : ""}`, onclick: () => open(call), dataset: { call: call.id } },
    el("span", { class: "card-line" }, icon("phone"),
      el("span", { class: "card-title card-number" }, call.caller_number ?? t("Unknown number")),
      el("span", { class: "card-end", dataset: { ago: call.answered_at } }, ago(call.answered_at))),
    el("span", { class: "card-address" }, isMine(call) ? t("with you") : t("with {name}", { name: call.operator ?? "–" })));
}

function agencyChip(agency) {
  const s = status("referral", agency.referral_status);
  return el("span", { class: `agency-chip tone-${s.tone}`, title: s.word }, icon(s.icon, { label: s.word }), agency.short_name);
}

function incidentCard(incident, opened, open) {
  const s = status("incident", incident.status);
  return el("button", { type: "button", class: `card tone-${s.tone}${opened ? " is-open" : ""}`, onclick: () => open(incident.id), dataset: { incident: incident.id } },
    el("span", { class: "card-line" }, icon(iconName(incident.icon)),
      el("span", { class: "card-title" }, localName(incident, "kind_name")), priorityBadge(incident.priority),
      unreadBadge(unreadOf(incident.id)),
      el("span", { class: "card-end", dataset: { ago: incident.received_at } }, ago(incident.received_at))),
    el("span", { class: "card-address" }, incident.location.address || incident.location.village || incident.description || "–"),
    el("span", { class: "card-foot" }, badge("incident", incident.status), alarmBadge(incident.alarm_level), incident.agencies.map(agencyChip),
      incident.call_count > 1 && el("span", { class: "muted" }, t("{n} calls", { n: incident.call_count }))));
}

const urgency = (a, b) => a.priority - b.priority || a.received_at.localeCompare(b.received_at);

/** makeQueue({answer(call), openCall(call), dropCall(call), openIncident(id), view() → {type, id}}) → {draw} */
export function makeQueue({ answer, openCall, dropCall, openIncident, view }) {
  function drawCalls() {
    const ringing = waitingCalls();
    const hand = callsInHand();
    const missed = missedCalls();
    const isOpen = (call) => view().type === "draft" && view().id === call.id;
    find("#calls-count").textContent = String(ringing.length + hand.length + missed.length);
    fill(find("#calls"), ringing.map((call) => ringCard(call, answer)),
      hand.sort((a, b) => isMine(b) - isMine(a)).map((call) => handCard(call, isOpen(call), openCall)),
      missed.map((call) => missedCard(call, isOpen(call), openCall, dropCall)),
      !ringing.length && !hand.length && !missed.length && el("p", { class: "empty" }, t("No call is waiting.")));
  }
  function drawIncidents() {
    find("#incidents-count").textContent = String(state.incidents.length);
    const part = (title, list) => list.length > 0 && [el("h3", {}, title),
      list.sort(urgency).map((i) => incidentCard(i, view().type !== "draft" && view().id === i.id, openIncident))];
    fill(find("#incidents"),
      part(t("Your turn"), state.incidents.filter((i) => MINE.has(i.status))),
      part(t("With the agencies"), state.incidents.filter((i) => !MINE.has(i.status))),
      !state.incidents.length && el("p", { class: "empty" }, icon("check"), t("No open incident.")));
  }
  onSecond(() => document.querySelectorAll("[data-ring]").forEach(count));
  watch("calls", drawCalls);
  watch("incidents", drawIncidents);
  watchUnread(drawIncidents);
  return { draw() { drawCalls(); drawIncidents(); } };
}
