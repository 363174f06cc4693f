/** What is known of the units that could go: who is on each, and what each lacks by name. */
import { el, icon } from "../shared/dom.js";
import { t } from "../shared/i18n.js";
import { crewLine, readyBadge, unitFindings } from "../shared/readiness.js";
import { statusName } from "../shared/status.js";

function unable(rows) {
  if (!rows.length) return null;
  const why = (row) => row.busy_incident ?? ([statusName("duty", row.duty), row.duty_reason].filter(Boolean).join(": "));
  return el("details", {}, el("summary", {}, t("{n} more units are not free", { n: rows.length })),
    el("ul", {}, rows.map((row) => el("li", {}, el("strong", {}, row.call_sign), " ", el("span", { class: "muted" }, why(row))))));
}

export function knownUnits(known) {
  const { units, wanted, complete } = known;
  const enough = complete >= wanted;
  return [
    units.length
      ? el("p", { class: `notice tone-${enough ? "green" : complete ? "amber" : "red"}` }, icon(enough ? "check" : "warning"),
        t("{complete} of {free} free units are complete; the plan asks for {wanted}.", { complete, free: units.length, wanted }))
      : el("p", { class: "notice tone-red" }, icon("warning"), t("No unit of this agency is free now.")),
    el("ul", { class: "known-list" }, units.map((unit) => el("li", {},
      el("div", { class: "known-head" }, el("strong", {}, unit.call_sign), readyBadge(unit)),
      unitFindings(unit),
      el("small", { class: "muted" }, icon("crew"), " ", crewLine(unit))))),
    unable(known.unable),
  ];
}
