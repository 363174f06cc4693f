/** The desk's queue: every open referral of this agency, the late first, then the unacknowledged. */
import { alarmBadge } from "../shared/alarm.js";
import { badge, priorityBadge, iconName } from "../shared/status.js";
import { el, fill, icon } from "../shared/dom.js";
import { unreadBadge, unreadOf, watchUnread } from "../shared/chat.js";
import { localName, t } from "../shared/i18n.js";
import { dueBadge } from "../shared/late.js";
import { ago, clock, nowMs } from "../shared/time.js";
import { desk, select, when } from "./store.js";

const RANK = { sent: 0, not_ready: 1, acknowledged: 2, ready: 3, accepted: 4 };

export const isLate = (referral) => Boolean(referral.clock) && Date.parse(referral.clock.due_at) < nowMs();

export function inOrder(referrals) {
  return [...referrals].sort((a, b) => (isLate(b) - isLate(a))
    || (RANK[a.status] - RANK[b.status]) || (a.incident.priority - b.incident.priority)
    || a.sent_at.localeCompare(b.sent_at));
}

function card(referral) {
  const { incident } = referral;
  const chosen = referral.id === desk.selectedId;
  return el("li", {}, el("button", {
    type: "button", class: `referral-card is-${referral.status}`, "aria-current": chosen ? "true" : null,
    dataset: { referral: referral.id }, onclick: () => select(referral.id),
  },
    el("span", { class: "referral-top" }, priorityBadge(incident.priority), icon(iconName(incident.icon), { large: true }),
      el("strong", {}, localName(incident, "kind_name")),
      unreadBadge(unreadOf(incident.id)), el("span", { class: "referral-age", dataset: { ago: referral.sent_at }, title: clock(referral.sent_at) }, ago(referral.sent_at))),
    el("span", { class: "referral-place" }, incident.location.address ?? t("Place on the map")),
    el("span", { class: "referral-foot" }, badge("referral", referral.status, { solid: referral.status === "sent" }), alarmBadge(incident.alarm_level),
      dueBadge(referral.clock), el("span", { class: "muted" }, incident.number))));
}

/** Keep the list in `root` true. */
export function showQueue(root, count) {
  const draw = () => {
    const kept = document.activeElement?.dataset?.referral;
    count.textContent = String(desk.referrals.length);
    fill(root, desk.referrals.length
      ? inOrder(desk.referrals).map(card)
      : el("li", { class: "empty" }, icon("check-double", { large: true }), t("No open referral. New ones appear here with a sound.")));
    if (kept) root.querySelector(`[data-referral="${kept}"]`)?.focus();
  };
  when("referrals", draw);
  watchUnread(draw);
}

/** Move to the next (+1) or previous (-1) referral. */
export function step(by) {
  const order = inOrder(desk.referrals);
  if (!order.length) return;
  const at = order.findIndex((r) => r.id === desk.selectedId);
  const next = order[(at + by + order.length) % order.length] ?? order[0];
  select(next.id);
}
