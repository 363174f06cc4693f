/** The agency's own steps of the procedure: acknowledge, check, accept or hand back, complete. */
import { ask } from "../shared/ask.js";
import { correctButton } from "../shared/correct.js";
import { badge, statusName } from "../shared/status.js";
import { button, el, find, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { clock } from "../shared/time.js";
import { offerUndo } from "../shared/undo.js";
import { act, attempt, refresh, selected } from "./store.js";
import { othersPanel } from "./others.js";
import { readinessForm } from "./readiness.js";

const path = (referral, verb) => `/referrals/${referral.id}/${verb}`;

const again = () => { refresh.referrals(); refresh.incident(); refresh.ranking(); };
/** A step that was taken is offered to be taken back. */
const offered = (referral, step) => (done) => {
  if (done) offerUndo(`${referral.incident_number}: ${statusName("referral", step)}`, `/referrals/${referral.id}`, again);
  return done;
};

export const acknowledge = (referral) => attempt(path(referral, "acknowledge")).then(offered(referral, "acknowledged"));
export const accept = (referral) => attempt(path(referral, "accept")).then(offered(referral, "accepted"));

export const handBack = (referral) => ask({
  title: t("Hand this referral back"), icon: "back", danger: true, confirm: t("Hand back"),
  text: t("The operator sees it at once and finds another agency."),
  fields: [{ name: "reason", label: t("Reason"), type: "textarea", required: true }],
  submit: ({ reason }) => act(path(referral, "hand-back"), { reason }),
}).then(offered(referral, "handed_back"));

export const complete = (referral) => ask({
  title: t("Complete the handling"), icon: "flag", confirm: t("Complete"),
  text: t("This agency is done here; the operator closes the case."),
  fields: [{ name: "note", label: t("What was done"), type: "textarea" }],
  submit: ({ note }) => act(path(referral, "complete"), { note }),
}).then(offered(referral, "completed"));

const ACTS = {
  acknowledge: (r) => button(t("Acknowledge"), () => acknowledge(r), { tone: "primary", key: "A", icon: "eye", class: "button-big button-wide" }),
  accept: (r) => button(t("Accept: we are going"), () => accept(r), { tone: "good", key: "T", icon: "check-double", class: "button-big" }),
  "hand-back": (r) => button(t("Hand back"), () => handBack(r), { tone: "danger", icon: "back" }),
  complete: (r) => button(t("Complete"), () => complete(r), { tone: "primary", key: "S", icon: "flag" }),
};

/** Once accepted, units are to be chosen: what is known of the case makes room for the ranking, until it is asked for. */
export const FOLDED = new Set(["accepted", "completed", "handed_back"]);

export function readinessFacts(referral) {
  const check = referral.readiness;
  if (!check) return null;
  const tick = (ok, word) => el("span", { class: `badge tone-${ok ? "green" : "red"}` }, icon(ok ? "check" : "cross"), word);
  return el("div", { class: "readiness-facts" },
    badge("referral", check.ready ? "ready" : "not_ready"),
    tick(check.crew_ok, t("Crew")), tick(check.equipment_ok, t("Equipment")), tick(check.vehicle_ok, t("Vehicle")),
    el("span", { class: "muted" }, [clock(check.checked_at), check.checked_by].filter(Boolean).join(" · ")),
    check.missing && el("p", {}, t("Missing: {missing}", { missing: check.missing })));
}

/** What may be done now, from the server's own word (`allowed`). */
export function renderSteps(referral, incident) {
  const current = incident.referrals.find((r) => r.id === referral.id) ?? referral;
  const allowed = new Set(current.allowed);
  const buttons = ["acknowledge", "accept", "hand-back", "complete"]
    .filter((verb) => allowed.has(verb) || allowed.has(verb.replace("-", "_"))).map((verb) => ACTS[verb](current));
  const corrects = correctButton("referral", current, ["acknowledged_at", "accepted_at"], again);
  const checking = allowed.has("readiness") && ["acknowledged", "not_ready"].includes(current.status);
  return el("section", { class: "case-steps", "aria-label": t("What this agency does next") },
    !FOLDED.has(current.status) && readinessFacts(current),
    current.status === "not_ready" && allowed.has("readiness") && othersPanel(current),
    checking && readinessForm(current),
    (buttons.length > 0 || corrects) && el("div", { class: "actions" }, buttons, corrects));
}

/** One key an act, only when the act is on screen. */
export const stepKeys = {
  A: { label: t("Acknowledge"), run: () => press("acknowledge") },
  T: { label: t("Accept"), run: () => press("accept") },
  S: { label: t("Complete"), run: () => press("complete") },
};
const RUN = { acknowledge, accept, complete };
function press(verb) {
  const referral = selected();
  if (!referral?.allowed.includes(verb) || find("dialog[open]")) return false;
  RUN[verb](referral);
  return true;
}
