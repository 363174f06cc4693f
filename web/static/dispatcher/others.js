/** Not ready: whom else to ask, soonest there first; one press hands the incident on, or asks beside. */
import { api } from "../shared/api.js";
import { ask } from "../shared/ask.js";
import { button, el, fill, icon } from "../shared/dom.js";
import { distance, localName, t } from "../shared/i18n.js";
import { toastProblem } from "../shared/toast.js";
import { callLink } from "../shared/late.js";
import { capabilityName } from "../shared/names.js";
import { iconName } from "../shared/status.js";
import { minutes } from "./ranking_row.js";
import { act } from "./store.js";

/** Asked for again only when another referral or another check is on screen. */
let last = { key: null, found: null };

const passOn = (referral, agency, handBack) => ask({
  title: handBack ? t("Hand over to {agency}", { agency: agency.short_name }) : t("Ask {agency} as well", { agency: agency.short_name }),
  icon: "send", confirm: handBack ? t("Hand over") : t("Ask as well"),
  text: handBack ? t("{agency} gets the incident, and this agency hands it back.", { agency: agency.short_name })
    : t("{agency} gets the incident too; this agency keeps it.", { agency: agency.short_name }),
  fields: [{ name: "reason", label: t("Reason"), type: "textarea", required: true, value: referral.readiness?.missing ?? "" }],
  submit: ({ reason }) => act(`/referrals/${referral.id}/pass-on`, { agency: agency.code, reason, hand_back: handBack }),
});

function unitLine(unit) {
  return el("li", {}, icon(iconName(unit.icon, "truck")), el("strong", {}, unit.call_sign), " ",
    el("span", {}, t("{time} min", { time: minutes(unit.total_time_s) })), " ", el("span", { class: "muted" }, distance(unit.length_m)),
    unit.missing.length > 0 && el("small", { class: "tone-amber other-lacks" }, icon("warning"),
      t("lacks {what}", { what: unit.missing.map((one) => localName(one, "sentence")).join(", ") })));
}

function agencyRow(referral, agency) {
  return el("li", { class: "other-agency", dataset: { agency: agency.code } },
    el("div", { class: "known-head" }, el("strong", {}, agency.short_name),
      agency.unit_count !== null && el("span", { class: "muted" }, t("{n} free units", { n: agency.unit_count }))),
    el("ul", { class: "other-units" }, agency.units.map(unitLine)),
    passOnButtons(referral, agency));
}

/** A neighbour of the city has no units here to show: what it can send, when, and the number to call. */
function neighbourRow(referral, agency) {
  const time = agency.arrival_s === null ? t("time not known") : t("about {time} min", { time: Math.round(agency.arrival_s / 60) });
  const source = agency.arrival_s === null ? null : agency.by_road ? t("by road from its station") : t("as agreed with it");
  return el("li", { class: "other-agency", dataset: { agency: agency.code } },
    el("div", { class: "known-head" }, el("strong", {}, agency.short_name), " ", el("span", { class: "badge tone-violet" }, icon("building"), t("Neighbour"))),
    el("p", {}, agency.capabilities.map(capabilityName).join(", "), " · ", el("strong", {}, time), source && el("span", { class: "muted" }, ` (${source})`)),
    el("p", { class: "muted" }, t("It has no desk here: 112 calls it and notes what it says."), " ", agency.phone && callLink(agency.phone)),
    passOnButtons(referral, agency));
}

const passOnButtons = (referral, agency) => (agency.referred
  ? el("p", { class: "muted" }, icon("check"), " ", t("has this incident already"))
  : el("div", { class: "actions" },
    button(t("Hand over"), () => passOn(referral, agency, true), { icon: "send" }),
    button(t("Ask as well"), () => passOn(referral, agency, false), { icon: "plus", tone: "quiet" })));

export function othersPanel(referral) {
  const list = el("ul", { class: "other-agencies" });
  const show = ({ items, neighbours }) => fill(list, items.length || neighbours.length
    ? [items.map((agency) => agencyRow(referral, agency)), neighbours.map((agency) => neighbourRow(referral, agency))]
    : el("li", { class: "muted" }, t("No other agency has a free unit that can do this. Hand it back, so that the operator looks further.")));
  const key = `${referral.id} ${referral.readiness?.checked_at}`;
  if (last.key === key) show(last.found);
  else fill(list, el("li", { class: "muted", role: "status" }, icon("clock"), " ", t("Looking for other units…")));
  api.get(`/referrals/${referral.id}/others`).then((found) => {
    last = { key, found };
    show(found);
  }).catch(toastProblem);
  return el("section", { class: "others" }, el("h3", {}, t("Who else could go")), list);
}
