/** The four parts of a hand-over: late, open, promised, out of service. Each says so when it is empty. */
import { badge, iconName, priorityBadge } from "../shared/status.js";
import { button, el, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { inHand, owed } from "../shared/late.js";
import { ageSeconds, ago, clockOrDate, duration, nowMs } from "../shared/time.js";

function part(title, drawing, rows, none, extra = null) {
  return el("section", { class: "panel handover-part" }, el("h3", {}, icon(drawing), `${title} (${rows.length})`, extra),
    rows.length ? el("ul", {}, rows) : el("p", { class: "muted" }, none));
}

export const latePart = (late) => part(t("Late"), "warning", late.map((one) => el("li", { class: "handover-row is-late" },
  priorityBadge(one.priority), icon(iconName(one.icon)), el("strong", {}, localName(one, "kind_name")), el("span", {}, `${one.agency_name}: ${owed(one.step)}`),
  el("strong", { class: "row-end" }, duration(ageSeconds(one.due_at))),
  el("span", { class: "row-note" }, [one.place, one.number, inHand(one) && t("in hand: {name}", { name: one.taken_by ?? "–" })].filter(Boolean).join(" · ")))), t("Nothing is late."));

export const openPart = (open) => part(t("Open"), "inbox", open.map((one) => el("li", { class: "handover-row" },
  priorityBadge(one.priority), icon(iconName(one.icon)), el("strong", {}, localName(one, "kind_name")), badge("incident", one.status),
  el("span", { class: "row-end" }, one.number, " · ", ago(one.received_at)),
  el("span", { class: "row-note" }, [one.place, one.unit_count > 0 && t("{n} units there or on their way", { n: one.unit_count })].filter(Boolean).join(" · ")),
  one.agencies.length > 0 && el("span", { class: "row-note actions" }, one.agencies.map((agency) => badge("referral", agency.referral_status, { prefix: agency.short_name }))))), t("No open incident."));

/** `acts`: {add(), end(promise)} for those who may. */
export const promisedPart = (promised, acts) => part(t("Promises"), "flag", promised.map((one) => {
  const late = Date.parse(one.due_at) < nowMs();
  return el("li", { class: `handover-row${late ? " is-late" : ""}` }, icon(late ? "warning" : "flag"), el("strong", {}, one.promise),
    el("span", { class: `badge ${late ? "badge-solid tone-red" : "tone-amber"}` }, icon("clock"), late ? t("was due {time}", { time: clockOrDate(one.due_at) }) : t("due {time}", { time: clockOrDate(one.due_at) })),
    acts && button(t("Done"), () => acts.end(one), { icon: "check", class: "row-end" }),
    el("span", { class: "row-note" }, [t("to {name}", { name: one.promised_to }), one.incident_number, one.made_by].filter(Boolean).join(" · ")));
}), t("Nothing was promised."), acts && button(t("Note a promise"), acts.add, { icon: "plus", key: "N" }));

export const outPart = (units) => part(t("Out of service"), "power", units.map((one) => el("li", { class: "handover-row" },
  icon("truck"), el("strong", {}, one.call_sign), el("span", { class: "muted" }, one.agency_name), el("span", {}, one.duty_reason ?? ""),
  el("span", { class: "row-end" }, clockOrDate(one.duty_changed_at)))), t("Every unit is in service."));
