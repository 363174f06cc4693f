/** The set that fills the response plan soonest: one line for each thing the plan asks for, and one button. */
import { alarmBadge } from "../shared/alarm.js";
import { button, el, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { agencyShortName, capabilityName } from "../shared/names.js";
import { minutes } from "./ranking_row.js";
import { desk, selected, tickOnly } from "./store.js";

/** The chosen, the sent and the missing, put together by what the plan asks for. */
function places(set) {
  const lines = new Map();
  const line = (row) => {
    const key = `${row.agency_code} ${row.capability}`;
    if (!lines.has(key)) lines.set(key, { agency: row.agency_code, capability: row.capability, chosen: [], sent: [], missing: 0, why: "" });
    return lines.get(key);
  };
  for (const row of set.sent ?? []) line(row).sent.push(row);
  for (const row of set.chosen) line(row).chosen.push(row);
  for (const row of set.missing) Object.assign(line(row), { missing: row.number, why: localName(row, "reason") });
  return [...lines.values()];
}

function placeRow({ agency, capability, chosen, sent, missing, why }) {
  const wanted = chosen.length + sent.length + missing;
  const what = [agency === desk.agency ? null : agencyShortName(agency), capabilityName(capability)].filter(Boolean).join(": ");
  const names = [...sent.map((row) => t("{unit} (sent)", { unit: row.call_sign })), ...chosen.map((row) => row.call_sign)].join(", ");
  return el("li", {}, t("{n} × {what}", { n: wanted, what }), ": ", el("strong", {}, names),
    missing > 0 && el("span", { class: "badge tone-red" }, icon("warning"), t("{n} short", { n: missing })),
    missing > 0 && why && el("small", { class: "set-why" }, why));
}

/** When the last of the chosen would be there. */
const last = (set) => Math.max(...set.chosen.map((row) => row.total_time_s));

/** Units of the set that this desk may tick now. */
export function choosable() {
  const ranked = new Set(desk.ranking?.ranked.map((row) => row.unit.id));
  return (desk.ranking?.best_set?.chosen ?? []).map((row) => row.unit_id).filter((id) => ranked.has(id));
}

/** Tick exactly the set; false when there is nothing to tick. */
export function chooseSet() {
  const ids = choosable();
  if (!ids.length || selected()?.status !== "accepted") return false;
  tickOnly(ids);
  return true;
}

export function renderBestSet(set, canSend, { send, leaves }) {
  const rows = set ? places(set) : [];
  if (!rows.length) return null;
  const ids = choosable();
  const ticked = ids.length > 0 && desk.ticked.size === ids.length && ids.every((id) => desk.ticked.has(id));
  return el("section", { class: "best-set", "aria-label": t("Recommended set") },
    el("h3", {}, icon("check-double"), t("Recommended set"), alarmBadge(set.plan?.alarm_level ?? 1),
      set.chosen.length > 0 && el("small", { class: "set-last" }, t("all there in {time} min", { time: minutes(last(set)) }))),
    set.plan && el("p", { class: "muted set-plan", tabindex: "0", title: localName(set.plan, "why") }, localName(set.plan, "why")),
    el("ul", {}, rows.map(placeRow)),
    leaves,
    ids.length > 0 && canSend && el("div", { class: "actions" },
      button(t("Send this set"), send, { id: "send-set", key: "K", icon: "send", tone: "primary" }),
      button(ticked ? t("Ticked") : t("Tick these"), chooseSet,
        { id: "send-best-set", key: "B", icon: ticked ? "check" : null, "aria-pressed": String(ticked) })));
}
