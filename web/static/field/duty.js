/** No assignment: the crew sees its own state and can go on or off duty, with or without a signal. */
import { ask } from "../shared/ask.js";
import { button, el, icon } from "../shared/dom.js";
import { localName, t } from "../shared/i18n.js";
import { statusName } from "../shared/status.js";
import { clock } from "../shared/time.js";
import { toastProblem } from "../shared/toast.js";
import { press, waiting } from "./outbox.js";
import { justEnded, renderPressed } from "./undo.js";

const set = (unit, duty, reason = null) => press({
  kind: "duty", of: unit.id, method: "put", path: `/units/${unit.id}/duty`, body: { duty, reason } });

const outOfService = (unit) => ask({
  title: t("Out of service"), icon: "cross", danger: true, confirm: t("Out of service"),
  fields: [{ name: "reason", label: t("Reason"), required: true }],
  submit: async ({ reason }) => {
    await set(unit, "out_of_service", reason);
    return true;
  },
});

export function renderDuty(known, draw) {
  const pending = waiting({ kind: "duty", of: known.id });
  const last = pending.at(-1)?.body;
  const unit = last ? { ...known, duty: last.duty, duty_reason: last.reason } : known;
  const ready = unit.duty === "available";
  const ended = known.busy ? null : justEnded();
  return el("article", { class: "field-job" },
    ended && renderPressed(ended, "cleared", draw),
    pending.map(({ body, pressed_at }) => el("p", { class: "notice tone-amber" }, icon("upload"),
      t("“{step}” at {time} is waiting for a connection.", { step: statusName("duty", body.duty), time: clock(pressed_at) }))),
    el("div", { class: "empty" }, icon(ready ? "check-double" : "moon", { large: true }),
      el("h2", {}, ready ? t("Ready. No assignment now.") : t("Not on duty.")),
      el("p", {}, ready ? t("A new assignment appears here with a sound.") : (unit.duty_reason ?? ""))),
    el("div", { class: "field-steps" },
      !ready && button(t("On duty"), () => set(unit, "available").catch(toastProblem), { tone: "good", icon: "check", class: "field-step field-step-main" }),
      ready && button(t("Off duty"), () => set(unit, "off_duty").catch(toastProblem), { icon: "moon", class: "field-step" }),
      unit.duty !== "out_of_service" && button(t("Out of service"), () => outOfService(unit), { tone: "danger", icon: "cross", class: "field-step" })),
    el("details", {}, el("summary", {}, localName(unit.type), " · ", unit.station?.name ?? ""),
      el("h3", {}, t("Crew")), el("ul", {}, unit.crew.map((c) => el("li", {}, c.name, " ", el("span", { class: "muted" }, c.duty_role)))),
      el("h3", {}, t("Equipment")), el("ul", {}, unit.equipment.map((e) => el("li", {}, `${e.quantity} × ${e.name}`,
        e.fit ? "" : [" ", el("span", { class: "badge tone-red" }, icon("warning"), t("unfit"))])))));
}
