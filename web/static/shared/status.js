/** Every status: its word, colour and drawing, in one table, so that no two consoles differ. */
import { el, icon } from "./dom.js";
import { t } from "./i18n.js";

/** machine → status → [word, tone, icon] */
export const STATUS = {
  incident: {
    received: [t("Received"), "red", "inbox"],
    verified: [t("Verified"), "amber", "check"],
    dispatched: [t("Referred"), "blue", "send"],
    in_progress: [t("In progress"), "violet", "tools"],
    resolved: [t("Resolved"), "green", "check-double"],
    closed: [t("Closed"), "grey", "lock"],
    reopened: [t("Reopened"), "red", "back"],
    cancelled: [t("Cancelled"), "grey", "cross"],
    duplicate: [t("Duplicate"), "grey", "duplicate"],
    out_of_area: [t("Out of area"), "grey", "arrow-right"],
  },
  referral: {
    sent: [t("Sent"), "amber", "send"],
    acknowledged: [t("Acknowledged"), "blue", "eye"],
    ready: [t("Ready"), "cyan", "check"],
    not_ready: [t("Not ready"), "red", "warning"],
    accepted: [t("Accepted"), "violet", "check-double"],
    handed_back: [t("Handed back"), "red", "back"],
    completed: [t("Completed"), "green", "flag"],
  },
  assignment: {
    dispatched: [t("Dispatched"), "amber", "send"],
    acknowledged: [t("Job acknowledged"), "amber", "check"],
    en_route: [t("En route"), "blue", "arrow-right"],
    on_scene: [t("On scene"), "violet", "pin"],
    transporting: [t("Transporting"), "cyan", "arrow-right"],
    at_hospital: [t("At hospital"), "cyan", "medical"],
    cleared: [t("Cleared"), "green", "check"],
    cancelled: [t("Cancelled"), "grey", "cross"],
  },
  duty: {
    available: [t("Available"), "green", "check"],
    busy: [t("Busy"), "amber", "clock"],
    off_duty: [t("Off duty"), "grey", "moon"],
    out_of_service: [t("Out of service"), "grey", "cross"],
  },
  call: {
    waiting: [t("Ringing"), "red", "phone-ring"],
    answered: [t("On the line"), "green", "phone"],
    ended: [t("Ended"), "grey", "phone-off"],
    missed: [t("Given up before an answer"), "amber", "phone-off"],
    linked: [t("On the line, part of an incident"), "green", "phone"],
    recorded: [t("Part of an incident"), "blue", "link"],
    closed: [t("Call closed"), "grey", "phone-off"],
  },
  disposition: {
    incident: [t("Incident"), "blue", "warning"],
    hantu: [t("Silent call"), "grey", "ghost"],
    prank: [t("Prank"), "grey", "prank"],
    informasi: [t("Information"), "cyan", "info"],
    salah_sambung: [t("Wrong number"), "grey", "wrong-number"],
    terputus: [t("Call dropped"), "amber", "phone-off"],
  },
  delivery: {
    queued: [t("Waiting to be delivered"), "amber", "upload"],
    delivered: [t("Delivered"), "green", "check-double"],
    failed: [t("Not delivered yet"), "red", "warning"],
  },
};

export function status(machine, code) {
  const [word, tone, drawing] = STATUS[machine]?.[code] ?? [code ?? "–", "grey", "other"];
  return { word, tone, icon: drawing };
}
export const statusName = (machine, code) => status(machine, code).word;
/** What a time is called: as the status that it led to. */
export const stampName = (machine, stamp) => statusName(machine, stamp.replace(/_at$/, ""));

/** A pill with colour, drawing and word. */
export function badge(machine, code, { solid = false, prefix = "" } = {}) {
  const s = status(machine, code);
  return el("span", { class: `badge tone-${s.tone}${solid ? " badge-solid" : ""}`, dataset: { status: code } },
    icon(s.icon), prefix ? `${prefix} ` : "", s.word);
}

/** What a unit does now, from a Unit or a Position: its open assignment speaks before its duty. */
export function unitState(unit) {
  if (unit.assignment_status && !["cleared", "cancelled"].includes(unit.assignment_status)) {
    return { code: unit.assignment_status, ...status("assignment", unit.assignment_status) };
  }
  const code = unit.duty === "available" && unit.busy ? "busy" : unit.duty;
  return { code, ...status("duty", code) };
}
export function unitBadge(unit) {
  const s = unitState(unit);
  return el("span", { class: `badge tone-${s.tone}` }, icon(s.icon), s.word);
}

const PRIORITY_WORDS = { 1: t("Life in danger"), 2: t("Urgent"), 3: t("Soon"), 4: t("Can wait") };
export const priorityName = (n) => PRIORITY_WORDS[n] ?? "";
export function priorityBadge(n) {
  return el("span", { class: `priority priority-${n}`, title: priorityName(n) }, `P${n}`);
}

const ROLES = { dispatcher: t("Dispatcher"), operator: t("Operator"), lead_operator: t("Lead operator"), crew: t("Crew") };
/** A role in words; anything else (an office, a name) is its own word. */
export const roleName = (role) => ROLES[role] ?? role;

/** The sprite's drawing for an icon name out of the facts. */
export const iconName = (name, fallback = "other") => name || fallback;
